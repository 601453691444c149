import type { EventFacts } from './customer-facts.ts';
import type { Predicate } from './evaluate-test.ts';
import { compileOccurrence, type Occurrence, occurs } from './evaluate-units.ts';
import type { ResolvedSequence } from './resolved-rule.ts';

/** A step as it is looked for, and when chains of the steps before it reached it last. */
interface Step {
  readonly when: Occurrence;
  /** Less than so long after the step before, after the first step; Infinity where it does not matter. */
  readonly afterPrevious: number;
  readonly afterFirst: number;
  /** The latest instant at which it was reached and the first instant of that chain; -Infinity where it never was. */
  at: number;
  first: number;
  /** The same of the instant before: an event at the very instant `at` does not follow that one, but this one. */
  earlierAt: number;
  earlierFirst: number;
}

const never = Number.NEGATIVE_INFINITY;

/**
 * A sequence as a function of all that a customer did: whether some choice of events fulfils it. One pass in the order of time
 * is enough. For a step the best event of the step before is always the latest that was reached: it is the nearest, and no other
 * chain began later than its.
 */
export function compileSequence(node: ResolvedSequence): Predicate<readonly EventFacts[]> {
  const [only] = node.steps;
  if (only && node.steps.length === 1 && node.notFollowedBy?.withinMs === null) {
    return compileLatest(
      compileOccurrence({ ...only, range: node.range }),
      compileOccurrence(node.notFollowedBy),
      node.until,
    );
  }
  const chain = compileChain(node);
  const last = chain.at(-1);
  if (!last) throw new Error('A sequence has no steps');
  const { notFollowedBy, until } = node;
  const end = notFollowedBy ? compileOccurrence(notFollowedBy) : null;
  const quiet = notFollowedBy?.withinMs ?? null;
  const types = new Set([...node.steps, ...(notFollowedBy ? [notFollowedBy] : [])].flatMap((one) => one.eventTypes));
  const found: EventFacts[] = [];

  const holds = (): boolean => {
    // The earliest end of a chain that nothing followed so far.
    let pending: number | null = null;
    for (const event of found) {
      const at = event.at.getTime();
      advance(chain, event, at);
      if (last.at === at) {
        if (end === null) return true;
        pending ??= at;
      }
      if (end === null || pending === null || pending === at || !isIn(event, end)) continue;
      if (quiet !== null && pending + quiet <= at) return true;
      // A chain that ends at this very instant is not followed by it.
      pending = last.at === at ? at : null;
    }
    return pending !== null && (quiet === null || pending + quiet <= until);
  };

  return (events) => {
    collect(events, types, until, found);
    if (found.length === 0) return false;
    for (const step of chain) {
      step.at = never;
      step.earlierAt = never;
    }
    const answer = holds();
    found.length = 0;
    return answer;
  };
}

/** One step and nothing after it until now: the latest event of the step decides, whatever order the events come in. */
function compileLatest(step: Occurrence, end: Occurrence, until: number): Predicate<readonly EventFacts[]> {
  return (events) => {
    let latest = never;
    for (const event of events) {
      if (!isIn(event, step)) continue;
      const at = event.at.getTime();
      if (at > latest && at < until) latest = at;
    }
    if (latest === never) return false;
    for (const event of events) {
      if (!isIn(event, end)) continue;
      const at = event.at.getTime();
      if (at > latest && at < until) return false;
    }
    return true;
  };
}

const compileChain = ({ steps, range }: ResolvedSequence): readonly Step[] =>
  steps.map(({ eventTypes, where, within }, i) => ({
    when: compileOccurrence(i === 0 ? { eventTypes, where, range } : { eventTypes, where }),
    afterPrevious: within?.from === 'previous' ? within.ms : Number.POSITIVE_INFINITY,
    afterFirst: within?.from === 'first' ? within.ms : Number.POSITIVE_INFINITY,
    at: never,
    first: never,
    earlierAt: never,
    earlierFirst: never,
  }));

const isIn = (event: EventFacts, when: Occurrence): boolean =>
  occurs(event, when) && (when.where === null || when.where(event, null));

/** Takes the events of the types before an instant, in the order of time; they may come in any order. */
function collect(events: readonly EventFacts[], types: ReadonlySet<string>, until: number, found: EventFacts[]): void {
  let isSorted = true;
  let before = never;
  for (const event of events) {
    const at = event.at.getTime();
    if (at >= until || !types.has(event.type)) continue;
    if (at < before) isSorted = false;
    before = at;
    found.push(event);
  }
  if (!isSorted) found.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Moves every step on that an event reaches. */
function advance(chain: readonly Step[], event: EventFacts, at: number): void {
  for (let i = 0; i < chain.length; i++) {
    const step = chain[i] as Step;
    // Another event reached it at this instant: the chains are as good.
    if (step.at === at) continue;
    const previous = chain[i - 1];
    const isTie = previous?.at === at;
    const from = previous === undefined ? at : isTie ? previous.earlierAt : previous.at;
    if (from === never || (i > 0 && at - from >= step.afterPrevious)) continue;
    const first = previous === undefined ? at : isTie ? previous.earlierFirst : previous.first;
    if (at - first >= step.afterFirst || !isIn(event, step.when)) continue;
    step.earlierAt = step.at;
    step.earlierFirst = step.first;
    step.at = at;
    step.first = first;
  }
}
