import type { Outputs } from '../../trpc.ts';

export type Overview = Outputs['home']['overview'];
export type Activity = Outputs['home']['activity'];
export type FirstStepsDone = Activity['steps'];
