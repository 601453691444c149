import type { CustomerFacts, EventFacts } from './customer-facts.ts';
import { countingUnits, explainedUnit } from './explain-units.ts';
import type { ExplainedUnit, SequenceEvidence, SequenceOutcome } from './explanation.ts';
import type { ResolvedFilter, ResolvedSequence, ResolvedStep } from './resolved-rule.ts';

/** An event that fulfils a step, and how it was reached. */
interface Link {
  readonly event: EventFacts;
  readonly at: number;
  readonly previous: Link | null;
  readonly first: number;
}

/** The chain that fulfils a sequence; else the one that came furthest (the latest of these) and why it went no further. */
export function explainSequence(node: ResolvedSequence, facts: CustomerFacts): SequenceEvidence {
  const search = searchOf(node, facts);
  const chains = search.ends.map((link) => ({ link, outcome: search.outcomeOf(link) }));
  const best = chains.findLast(({ outcome }) => outcome.type === 'complete') ?? chains.at(-1);
  return {
    kind: 'sequence',
    range: node.range,
    reached: best ? chainTo(best.link).map(shown) : [],
    outcome: best?.outcome ?? { type: 'stepMissing', step: 0, before: null, tooLate: null },
  };
}

function searchOf(node: ResolvedSequence, facts: CustomerFacts) {
  const { steps, range, until, notFollowedBy } = node;
  const matching = (step: { eventTypes: readonly string[]; where: ResolvedFilter | null }, from: number | null) =>
    countingUnits({ eventTypes: step.eventTypes, where: step.where, range: { from, to: until } }, facts).map(
      ({ event }) => event,
    );
  const candidates = steps.map((step, i) => matching(step, i === 0 ? range.from : null));
  const firsts = (candidates[0] ?? [])
    .filter(({ at }) => range.to === null || at.getTime() < range.to)
    .map((event): Link => ({ event, at: event.at.getTime(), previous: null, first: event.at.getTime() }));
  const layers = [firsts];
  for (const [i, step] of steps.entries()) {
    if (i > 0) layers.push(nextLinks(layers[i - 1] ?? [], candidates[i] ?? [], step));
  }
  const furthest = layers.findLastIndex((links) => links.length > 0);
  const followers = notFollowedBy ? matching(notFollowedBy, null) : [];
  return {
    /** In the order of time. */
    ends: layers[furthest] ?? [],
    outcomeOf: (link: Link): SequenceOutcome =>
      furthest < steps.length - 1
        ? missingStep(link, furthest + 1, steps[furthest + 1] as ResolvedStep, candidates[furthest + 1] ?? [])
        : endOutcome(link, node, followers),
  };
}

/** The events that can come next. The latest event before one is the best to come from: it is the nearest, and its chain began last. */
function nextLinks(links: readonly Link[], events: readonly EventFacts[], { within }: ResolvedStep): Link[] {
  const next: Link[] = [];
  let passed = 0;
  for (const event of events) {
    const at = event.at.getTime();
    while (passed < links.length && (links[passed] as Link).at < at) passed++;
    const previous = links[passed - 1];
    if (previous && at < deadlineOf(previous, within)) next.push({ event, at, previous, first: previous.first });
  }
  return next;
}

const deadlineOf = (link: Link, within: ResolvedStep['within']): number =>
  within === null ? Number.POSITIVE_INFINITY : (within.from === 'first' ? link.first : link.at) + within.ms;

function missingStep(
  link: Link,
  step: number,
  { within }: ResolvedStep,
  events: readonly EventFacts[],
): SequenceOutcome {
  const late = events.find(({ at }) => at.getTime() > link.at);
  return {
    type: 'stepMissing',
    step,
    before: within && new Date(deadlineOf(link, within)),
    tooLate: late ? shown(late) : null,
  };
}

function endOutcome(
  { at }: Link,
  { notFollowedBy, until }: ResolvedSequence,
  followers: readonly EventFacts[],
): SequenceOutcome {
  if (notFollowedBy === null) return { type: 'complete' };
  const end = notFollowedBy.withinMs === null ? until : at + notFollowedBy.withinMs;
  const by = followers.find((event) => event.at.getTime() > at && event.at.getTime() < end);
  if (by) return { type: 'followed', by: shown(by) };
  return end > until ? { type: 'waiting', until: new Date(end) } : { type: 'complete' };
}

function chainTo(end: Link): EventFacts[] {
  const chain: EventFacts[] = [];
  for (let link: Link | null = end; link; link = link.previous) chain.unshift(link.event);
  return chain;
}

const shown = (event: EventFacts): ExplainedUnit => explainedUnit({ event, line: null });
