import type { ResolvedSequence } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import { allOf, type Exactness, type JoinPlan, matchStage, type Query, type Side } from './mongo-query.ts';
import { behind, filterQuery, oneOrIn, type Scope } from './mongo-units.ts';

/** Events that may be one step, in a range of instants; the step after the last one is what must not follow. */
interface Step {
  readonly eventTypes: readonly string[];
  readonly where: Query;
  readonly at: Document;
}

/**
 * Plans a sequence leaf. Each step's events are documents `{ customerId, at, step }`. Where only the order counts and there are at
 * most two steps, the first and last instants of each step tell; otherwise chains are followed step by step with $setWindowFields.
 * Where a filter can't be said exactly, the first and last instants narrow. Nobody without events fulfils a sequence.
 */
export function planSequence(
  node: ResolvedSequence,
  scope: Scope,
  side: Side,
  exactness: Exactness,
): JoinPlan | boolean {
  const own: Exactness = { exact: true };
  const steps = stepsOf(node, own);
  const pipeline = (stages: readonly Document[]): JoinPlan => ({
    from: 'events',
    idle: false,
    pipeline: [...stepStages(steps, scope), ...stages],
  });
  if (!own.exact) {
    exactness.exact = false;
    if (side === 'under') return false;
    return pipeline(edgeStages(node));
  }
  return pipeline(isToldByEdges(node) ? edgeStages(node) : chainStages(node));
}

function isToldByEdges({ steps, notFollowedBy }: ResolvedSequence): boolean {
  return (
    steps.length <= 2 && steps.every(({ within }) => within === null) && (notFollowedBy?.withinMs ?? null) === null
  );
}

function stepsOf(node: ResolvedSequence, exactness: Exactness): Step[] {
  const { range, until, notFollowedBy } = node;
  const from = range.from === null ? {} : { $gte: new Date(range.from) };
  /** The latest instant, exclusive, of the step at hand; later ones can't be reached from the first step. */
  let end = range.to === null ? until : Math.min(range.to, until);
  const steps = node.steps.map(({ eventTypes, where, within }, i): Step => {
    if (i > 0) end = within?.from === 'previous' ? Math.min(until, end + within.ms) : until;
    const isLast = i === node.steps.length - 1;
    // Time must have passed since the last step before nothing can be said to have followed.
    const patience = isLast ? (notFollowedBy?.withinMs ?? null) : null;
    const before = patience === null ? end : Math.min(end, until - patience + 1);
    return { eventTypes, where: filterQuery(where, 'over', exactness), at: { ...from, $lt: new Date(before) } };
  });
  if (notFollowedBy === null) return steps;
  const { eventTypes, where } = notFollowedBy;
  return [
    ...steps,
    { eventTypes, where: filterQuery(where, 'under', exactness), at: { ...from, $lt: new Date(until) } },
  ];
}

function stepStages(steps: readonly Step[], scope: Scope): Document[] {
  const [first = [], ...others] = steps.map(({ eventTypes, where, at }, step) => [
    matchStage(allOf([{ orgId: scope.orgId, type: oneOrIn(eventTypes), at, ...behind(scope) }, where])),
    { $project: { _id: 0, customerId: 1, at: 1, step: { $literal: step } } },
  ]);
  return [...first, ...others.map((pipeline) => ({ $unionWith: { coll: 'events', pipeline } }))];
}

const isStep = (step: number): Document => ({ $eq: ['$step', step] });
const ofStep = (step: number, value: unknown): Document => ({ $cond: [isStep(step), value, null] });

/** Necessary, and enough where the sequence is told by edges: a first step, each later one after it, and nothing after the last. */
function edgeStages({ steps, notFollowedBy }: ResolvedSequence): Document[] {
  const latest = steps.map((_, i) => [`latest${i}`, { $max: ofStep(i, '$at') }] as const);
  const isUnfollowed = notFollowedBy !== null && notFollowedBy.withinMs === null;
  return [
    {
      $group: {
        _id: '$customerId',
        earliest: { $min: ofStep(0, '$at') },
        ...Object.fromEntries(latest),
        ...(isUnfollowed ? { followed: { $max: ofStep(steps.length, '$at') } } : {}),
      },
    },
    {
      $match: {
        earliest: { $type: 'date' },
        $expr: {
          $and: [
            ...steps.slice(1).map((_, i) => ({ $gt: [`$latest${i + 1}`, '$earliest'] })),
            ...(isUnfollowed ? [{ $lte: ['$followed', `$latest${steps.length - 1}`] }] : []),
          ],
        },
      },
    },
  ];
}

/**
 * Follows chains: `start` of an event is the latest first step of any chain that ends with it as its step, or null. The latest
 * one is the best for every condition on the time since the first step; that since the previous step is the window's.
 */
function chainStages({ steps, until, notFollowedBy }: ResolvedSequence): Document[] {
  const overCustomer = (output: Document): Document => ({
    $setWindowFields: { partitionBy: '$customerId', sortBy: { ms: 1 }, output },
  });
  const follow = steps.slice(1).flatMap(({ within }, i): Document[] => {
    const earliest = within?.from === 'previous' ? 1 - within.ms : 'unbounded';
    const reached: Document = { $gt: ['$before', null] };
    const inTime = within?.from === 'first' ? [{ $lt: [{ $subtract: ['$ms', '$before'] }, within.ms] }] : [];
    return [
      overCustomer({
        before: { $max: ofStep(i, '$start'), window: { range: [earliest, -1] } },
      }),
      {
        $set: {
          start: { $cond: [isStep(i + 1), { $cond: [{ $and: [reached, ...inTime] }, '$before', null] }, '$start'] },
        },
      },
    ];
  });
  const last = steps.length - 1;
  const waited = notFollowedBy?.withinMs ?? null;
  const isFollowed = {
    $max: ofStep(last + 1, 1),
    window: { range: [1, waited === null ? 'unbounded' : waited - 1] },
  };
  return [
    // As numbers, because a window over dates can't be longer than 2^31 of its unit.
    { $set: { ms: { $toLong: '$at' } } },
    { $set: { start: ofStep(0, '$ms') } },
    ...follow,
    ...(notFollowedBy === null ? [] : [overCustomer({ isFollowed })]),
    {
      $match: {
        step: last,
        start: { $ne: null },
        ...(notFollowedBy === null ? {} : { isFollowed: null }),
        ...(waited === null ? {} : { at: { $lte: new Date(until - waited) } }),
      },
    },
    { $group: { _id: '$customerId' } },
  ];
}
