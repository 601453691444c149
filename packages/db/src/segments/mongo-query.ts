import type { Document } from 'mongodb';

/** A condition in MongoDB's query language, or one that is known beforehand. */
export type Query = Document | boolean;

/**
 * What MongoDB can't say exactly is said too wide (`over`: nobody is forgotten) or, under a negation, too narrow (`under`),
 * so that the whole is never too narrow and the evaluator can finish it.
 */
export type Side = 'over' | 'under';

export const otherSide = (side: Side): Side => (side === 'over' ? 'under' : 'over');

/** Notes that a condition was approximated, so that the evaluator has to finish. */
export interface Exactness {
  exact: boolean;
}

/** A stand-in for what can't be said: `wide` when it may be too wide, `narrow` (nothing) when it may be too narrow. */
export function approximate(side: Side, exactness: Exactness, wide: Query, narrow: Query = false): Query {
  exactness.exact = false;
  return side === 'over' ? wide : narrow;
}

/**
 * A leaf that is told by another collection, as the people who differ in it from someone who did nothing: `pipeline` runs on
 * `from` and gives one document `{ _id: customerId }` for each. `idle` is what holds for everybody else.
 */
export interface JoinPlan {
  readonly from: 'events' | 'deliveries' | 'segmentMembers';
  readonly idle: boolean;
  readonly pipeline: readonly Document[];
}

export function allOf(queries: readonly Query[]): Query {
  const open = queries.filter((query) => query !== true);
  if (open.includes(false)) return false;
  if (open.length === 0) return true;
  return open.length === 1 ? (open[0] as Query) : { $and: open };
}

export function anyOf(queries: readonly Query[]): Query {
  const open = queries.filter((query) => query !== false);
  if (open.includes(true)) return true;
  if (open.length === 0) return false;
  return open.length === 1 ? (open[0] as Query) : { $or: open };
}

export function negated(query: Query): Query {
  return typeof query === 'boolean' ? !query : { $nor: [query] };
}

/** The stage that keeps what a condition holds for. */
export function matchStage(query: Query): Document {
  if (query === true) return { $match: {} };
  return { $match: query === false ? { $expr: false } : query };
}
