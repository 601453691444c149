import type { Outputs } from '../../trpc.ts';

export type Report = Outputs['reports']['campaign'];
export type Figures = Report['figures'];
