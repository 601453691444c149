import type { AttributeValue } from '../attributes/attribute.ts';
import type { OrderLine } from '../events/event.ts';
import type { CustomerFacts, EventFacts } from './customer-facts.ts';
import { compileEdge } from './evaluate-behaviour.ts';
import { compileMeasure } from './evaluate-measure.ts';
import { compileOccurrence, linesOf, occurs } from './evaluate-units.ts';
import { type BehaviourEvidence, type ExplainedUnit, type RankEvidence, shownUnits } from './explanation.ts';
import type { RankBasis, RankMeasure, ResolvedBehaviour, ResolvedRank } from './resolved-rule.ts';

/** An event, or one line of it. */
export interface Unit {
  readonly event: EventFacts;
  readonly line: OrderLine | null;
}

type Asked = Pick<RankBasis, 'eventTypes' | 'where'> & Partial<Pick<RankBasis, 'unit' | 'range'>>;

/** The units that count, in the order of their time. */
export function countingUnits(asked: Asked, { events }: CustomerFacts): Unit[] {
  const when = compileOccurrence(asked);
  return events
    .filter((event) => occurs(event, when))
    .flatMap((event) => linesOf(event, when).map((line): Unit => ({ event, line })))
    .filter(({ event, line }) => when.where === null || when.where(event, line))
    .sort((a, b) => byTime(a.event, b.event));
}

/** The order of events: by their instants, at one instant by their ids. */
const byTime = (a: EventFacts, b: EventFacts): number =>
  a.at.getTime() - b.at.getTime() || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0);

/** A unit as it is shown. */
export const explainedUnit = ({ event, line }: Unit): ExplainedUnit => {
  const { eventId, type, at, total, currency } = event;
  return { eventId, type, at, total, currency, line };
};

export function explainBehaviour(node: ResolvedBehaviour, facts: CustomerFacts): BehaviourEvidence {
  const { measure, orMissing } = node;
  switch (measure.aggregate) {
    case 'first':
    case 'last': {
      const value = (compileEdge(node, measure)(facts.events) ?? null) as AttributeValue | null;
      return { kind: 'behaviour', orMissing, value, leftOut: 0, ...unitsOf(node, facts).shown };
    }
    default: {
      const { value, leftOut, shown } = measured({ ...node, measure }, facts);
      return { kind: 'behaviour', orMissing, value, leftOut, ...shown };
    }
  }
}

export function explainRank(node: ResolvedRank, facts: CustomerFacts): RankEvidence {
  const { cutoff, direction, measure } = node;
  const { value, leftOut, shown } = measured(node, facts);
  return {
    kind: 'rank',
    direction,
    cutoff: cutoff && shownNumber(measure, cutoff.n / cutoff.d),
    // Who has nothing that counts has no rank, though the sum of nothing is 0.
    value: shown.counted === leftOut ? null : value,
    leftOut,
    ...shown,
  };
}

function unitsOf(basis: Asked & Pick<RankBasis, 'range'>, facts: CustomerFacts) {
  const units = countingUnits(basis, facts);
  const newest = units.slice(-shownUnits).reverse().map(explainedUnit);
  return { units, shown: { counted: units.length, units: newest, range: basis.range } };
}

function measured(basis: RankBasis, facts: CustomerFacts) {
  const measure = compileMeasure(basis);
  const { units, shown } = unitsOf(basis, facts);
  const contributes = ({ event, line }: Unit) =>
    measure([line === null ? event : { ...event, lines: [line] }]).units > 0;
  const leftOut = units.filter((unit) => !contributes(unit)).length;
  const { n, d, units: counted } = measure(facts.events);
  const isKnown = counted > 0 || ['count', 'distinct', 'sum'].includes(basis.measure.aggregate);
  return { value: isKnown ? shownNumber(basis.measure, Number(n) / d) : null, leftOut, shown };
}

/** A number in a measure's scale as people know it: an amount of money, or a plain number. */
function shownNumber(measure: RankMeasure, scaled: number): AttributeValue {
  if (!('scale' in measure)) return scaled;
  return measure.currency === null ? scaled / measure.scale : { amount: scaled, currency: measure.currency };
}
