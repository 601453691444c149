import type { Duration } from './rule.ts';

/** A length of time in English: `1 day`, `36 hours`. */
export const describeDuration = ({ amount, unit }: Duration): string =>
  `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
