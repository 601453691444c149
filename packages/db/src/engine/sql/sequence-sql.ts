import type { ResolvedSequence, ResolvedStep } from '@mini-crm/domain';
import type { SqlContext } from './test-sql.ts';
import { unitsSql } from './units-sql.ts';

/*
 * A step's select gives, for each customer, the instants `ms` at which a chain of events up to this step can end, and `first`: the
 * latest instant at which such a chain can have begun. A later beginning is never worse, as only "less than so long after the first
 * step" asks for it. Where nothing later asks for either, only the earliest end of each customer is kept.
 */

/** A sequence of the customers `k`. */
export function sequenceSql(node: ResolvedSequence, context: SqlContext): string {
  const found = sequenceFound(node, context);
  return found === null ? 'false' : `(k.c IN (${found}))`;
}

/** A select of the keys of those who fulfil a sequence, some more than once; null where nobody can. */
export function sequenceFound(node: ResolvedSequence, context: SqlContext): string | null {
  const { steps, range, until, notFollowedBy } = node;
  const needsFirst = steps.some(({ within }) => within?.from === 'first');
  const parts: string[] = [];
  for (const [i, step] of steps.entries()) {
    const next = steps[i + 1];
    const isLast = next === undefined;
    const events = i === 0 ? beginnings(node, context) : eventsBetween(step, range.from, until, context);
    if (events === null) return null;
    const chain =
      i === 0 ? `SELECT c, ms, ms AS first FROM (${events})` : following(`s${i - 1}`, events, step, needsFirst);
    parts.push(`s${i} AS (${kept(chain, next, isLast ? notFollowedBy : null, isLast, needsFirst)})`);
  }
  const end = `s${steps.length - 1}`;
  const last = notFollowedBy === null ? `SELECT c FROM ${end}` : quietAfter(end, node, context);
  return `WITH ${parts.join(', ')} ${last}`;
}

const units = (
  step: Pick<ResolvedStep, 'eventTypes' | 'where'>,
  from: number | null,
  to: number,
  context: SqlContext,
) => unitsSql({ ...step, unit: 'event', range: { from, to } }, context);

function beginnings({ steps, range, until }: ResolvedSequence, context: SqlContext): string | null {
  const [step] = steps;
  if (!step) throw new Error('A sequence has no step');
  const found = units(step, range.from, range.to === null ? until : Math.min(range.to, until), context);
  return found && `SELECT x.c AS c, x.ms AS ms ${found}`;
}

/** Events of a later step: after the earliest possible first one. */
function eventsBetween(
  step: Pick<ResolvedStep, 'eventTypes' | 'where'>,
  from: number | null,
  until: number,
  context: SqlContext,
): string | null {
  const found = units(step, from, until, context);
  return found && `SELECT x.c AS c, x.ms AS ms ${found}`;
}

/** What of a step's chains the rest has to know. */
function kept(
  chain: string,
  next: ResolvedStep | undefined,
  ending: ResolvedSequence['notFollowedBy'],
  isLast: boolean,
  needsFirst: boolean,
): string {
  if (isLast) {
    if (ending === null) return `SELECT DISTINCT c FROM (${chain})`;
    return ending.withinMs === null
      ? `SELECT c, max(ms) AS ms FROM (${chain}) GROUP BY c`
      : `SELECT DISTINCT c, ms FROM (${chain})`;
  }
  if (needsFirst) return `SELECT c, ms, max(first) AS first FROM (${chain}) GROUP BY c, ms`;
  // The same instant twice does no harm: of several ends before an event only one is taken. Telling them apart costs more than the rest.
  if (next?.within) return `SELECT c, ms FROM (${chain})`;
  return `SELECT c, min(ms) AS ms FROM (${chain}) GROUP BY c`;
}

/** The events that follow a chain strictly and, where it is asked, soon enough. */
function following(before: string, events: string, { within }: ResolvedStep, needsFirst: boolean): string {
  if (!needsFirst) {
    if (within === null) return `SELECT e.c, e.ms FROM (${events}) e JOIN ${before} b ON b.c = e.c WHERE e.ms > b.ms`;
    // The nearest end before an event decides whether any is near enough.
    return `SELECT e.c, e.ms FROM (${events}) e ASOF JOIN ${before} b ON b.c = e.c AND e.ms > b.ms
            WHERE e.ms - b.ms < ${within.ms}`;
  }
  if (within?.from === 'previous') {
    return `SELECT e.c, e.ms, max(b.first) AS first FROM (${events}) e JOIN ${before} b
            ON b.c = e.c AND e.ms > b.ms AND e.ms - b.ms < ${within.ms} GROUP BY e.c, e.ms`;
  }
  const soFar = `SELECT c, ms, max(first) OVER (PARTITION BY c ORDER BY ms ROWS UNBOUNDED PRECEDING) AS first FROM ${before}`;
  const soonEnough = within === null ? '' : `WHERE e.ms - b.first < ${within.ms}`;
  return `SELECT e.c, e.ms, b.first FROM (${events}) e ASOF JOIN (${soFar}) b ON b.c = e.c AND e.ms > b.ms ${soonEnough}`;
}

/** The chains after which it did not happen. */
function quietAfter(end: string, { notFollowedBy, range, until }: ResolvedSequence, context: SqlContext): string {
  if (notFollowedBy === null) throw new Error('Nothing must not follow');
  const { withinMs } = notFollowedBy;
  const passed = withinMs === null ? 'true' : `b.ms + ${withinMs} <= ${context.to.integer(until)}`;
  const events = eventsBetween(notFollowedBy, range.from, until, context);
  if (events === null) return `SELECT b.c FROM ${end} b WHERE ${passed}`;
  if (withinMs === null) {
    return `SELECT b.c FROM ${end} b LEFT JOIN (SELECT c, max(ms) AS ms FROM (${events}) GROUP BY c) e ON e.c = b.c
            WHERE e.ms IS NULL OR e.ms <= b.ms`;
  }
  return `SELECT b.c FROM ${end} b ASOF LEFT JOIN (${events}) e ON e.c = b.c AND b.ms < e.ms
          WHERE ${passed} AND (e.ms IS NULL OR e.ms >= b.ms + ${withinMs})`;
}
