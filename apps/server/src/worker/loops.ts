import type { Loop } from './loop.ts';

/** What a worker does, a line a feature. */
export const loops: readonly Loop[] = [];
