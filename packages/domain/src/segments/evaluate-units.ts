import type { OrderLine } from '../events/event.ts';
import { type EventFacts, unitGetter } from './customer-facts.ts';
import { compileCondition } from './evaluate-test.ts';
import type { RankBasis, ResolvedFilter } from './resolved-rule.ts';

/** Whether one event, or one line of it, fulfils a filter. */
export type UnitPredicate = (event: EventFacts, line: OrderLine | null) => boolean;

/** Which events of a customer are looked at. One shape for all leaves, so that the loops over events stay fast. */
export interface Occurrence {
  /** The one type, or null where there are several. */
  readonly only: string | null;
  readonly types: ReadonlySet<string>;
  readonly isTimed: boolean;
  readonly from: number;
  readonly to: number;
  readonly where: UnitPredicate | null;
  readonly isPerLine: boolean;
}

export function compileOccurrence({
  eventTypes,
  where,
  range = ever,
  unit = 'event',
}: Pick<RankBasis, 'eventTypes' | 'where'> & Partial<Pick<RankBasis, 'range' | 'unit'>>): Occurrence {
  return {
    only: eventTypes.length === 1 ? (eventTypes[0] ?? null) : null,
    types: new Set(eventTypes),
    isTimed: range.from !== null || range.to !== null,
    from: range.from ?? Number.NEGATIVE_INFINITY,
    to: range.to ?? Number.POSITIVE_INFINITY,
    where: where === null ? null : compileFilter(where),
    isPerLine: unit === 'line',
  };
}

const ever = { from: null, to: null };

/** Whether an event is of the types and in the range; the filter is left to the caller, as it may be on lines. */
export function occurs(event: EventFacts, { only, types, isTimed, from, to }: Occurrence): boolean {
  if (only === null ? !types.has(event.type) : event.type !== only) return false;
  if (!isTimed) return true;
  const at = event.at.getTime();
  return at >= from && at < to;
}

const itself: readonly null[] = [null];

/** The units of an event that occurs: its lines, or once the event itself, which has no line. */
export const linesOf = (event: EventFacts, { isPerLine }: Occurrence): readonly (OrderLine | null)[] =>
  isPerLine ? event.lines : itself;

export function compileFilter(filter: ResolvedFilter): UnitPredicate {
  switch (filter.type) {
    case 'all': {
      return filter.children
        .map(compileFilter)
        .reduceRight((rest, child) => (event, line) => child(event, line) && rest(event, line));
    }
    case 'any': {
      return filter.children
        .map(compileFilter)
        .reduceRight((rest, child) => (event, line) => child(event, line) || rest(event, line));
    }
    case 'not': {
      const child = compileFilter(filter.child);
      return (event, line) => !child(event, line);
    }
    case 'field': {
      const get = unitGetter(filter.field);
      const holds = compileCondition(filter);
      return (event, line) => holds(get(event, line));
    }
    default:
      return filter satisfies never;
  }
}
