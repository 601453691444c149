import type { OrderLine } from '../events/event.ts';
import { fold } from '../text/fold.ts';
import { type EventFacts, unitGetter } from './customer-facts.ts';
import { compileCondition, compileNumber, compileRange, type Predicate } from './evaluate-test.ts';
import type { ResolvedBehaviour, ResolvedFilter, ResolvedMeasure, ResolvedTest } from './resolved-rule.ts';

type UnitPredicate = (event: EventFacts, line: OrderLine | null) => boolean;
type UnitVisitor = (event: EventFacts, line: OrderLine | null) => void;
type Walk = (events: readonly EventFacts[], visit: UnitVisitor) => void;
type EventsPredicate = Predicate<readonly EventFacts[]>;

/** A behaviour as a function of all that a customer did. */
export function compileBehaviour(node: ResolvedBehaviour): EventsPredicate {
  const walk = compileWalk(node);
  const { measure } = node;
  switch (measure.aggregate) {
    case 'count': {
      const holds = compileNumber(numberTest(node.test));
      return (events) => {
        let count = 0;
        walk(events, () => {
          count++;
        });
        return holds(count, 1);
      };
    }
    case 'distinct': {
      const holds = compileNumber(numberTest(node.test));
      const get = unitGetter(measure.field);
      return (events) => {
        const seen = new Set<unknown>();
        walk(events, (event, line) => {
          const value = get(event, line);
          if (value !== null && value !== undefined) seen.add(typeof value === 'string' ? fold(value) : value);
        });
        return holds(seen.size, 1);
      };
    }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return compileAmount(node, measure, walk);
    case 'first':
    case 'last':
      return compileEdge(node, measure, walk);
    default:
      return measure satisfies never;
  }
}

type NumberTest = Extract<ResolvedTest, { kind: 'number' }>;

function numberTest(test: ResolvedTest): NumberTest {
  if (test.kind !== 'number') throw new Error(`An aggregate can't be held against a ${test.kind} test`);
  return test;
}

/** Goes over the units that count: of the types, in the range, fulfilling the filter. */
function compileWalk({ eventTypes, unit, where, range }: ResolvedBehaviour): Walk {
  const types = new Set(eventTypes);
  const inRange = compileRange(range);
  const counts: UnitPredicate = where ? compileFilter(where) : () => true;
  return (events, visit) => {
    for (const event of events) {
      if (!types.has(event.type) || !inRange(event.at.getTime())) continue;
      if (unit === 'event') {
        if (counts(event, null)) visit(event, null);
      } else {
        for (const line of event.lines) if (counts(event, line)) visit(event, line);
      }
    }
  };
}

function compileFilter(filter: ResolvedFilter): UnitPredicate {
  switch (filter.type) {
    case 'all': {
      const children = filter.children.map(compileFilter);
      return (event, line) => children.every((child) => child(event, line));
    }
    case 'any': {
      const children = filter.children.map(compileFilter);
      return (event, line) => children.some((child) => child(event, line));
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

type AmountMeasure = Extract<ResolvedMeasure, { scale: number }>;

/** The unit's number in the measure's scale, or null: nothing there, or another currency. */
function compileScaled({
  field,
  scale,
  currency,
}: AmountMeasure): (event: EventFacts, line: OrderLine | null) => number | null {
  const get = unitGetter(field);
  if (currency === null) {
    return (event, line) => {
      const value = get(event, line);
      return typeof value === 'number' ? Math.round(value * scale) : null;
    };
  }
  return (event, line) => {
    if (event.currency !== currency) return null;
    const value = get(event, line) as { amount: number } | null;
    return value === null ? null : value.amount;
  };
}

function compileAmount(node: ResolvedBehaviour, measure: AmountMeasure, walk: Walk): EventsPredicate {
  const scaled = compileScaled(measure);
  const holds = compileNumber(numberTest(node.test));
  const { aggregate } = measure;
  return (events) => {
    let count = 0;
    let sum = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    walk(events, (event, line) => {
      const value = scaled(event, line);
      if (value === null) return;
      count++;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    });
    if (aggregate === 'sum') return holds(sum, 1);
    if (count === 0) return node.orMissing;
    if (aggregate === 'avg') return holds(sum, count);
    return holds(aggregate === 'min' ? min : max, 1);
  };
}

/** The value of the earliest or latest unit; at one instant the event's id decides, within one event the order of its lines. */
function compileEdge(
  node: ResolvedBehaviour,
  measure: Extract<ResolvedMeasure, { aggregate: 'first' | 'last' }>,
  walk: Walk,
): EventsPredicate {
  const get = unitGetter(measure.field);
  const holds = compileCondition(node);
  const wantsLast = measure.aggregate === 'last';
  return (events) => {
    let best: EventFacts | null = null;
    let bestLine: OrderLine | null = null;
    walk(events, (event, line) => {
      if (best === null || (event === best ? wantsLast : isEarlier(event, best) !== wantsLast)) {
        best = event;
        bestLine = line;
      }
    });
    return holds(best === null ? null : get(best, bestLine));
  };
}

function isEarlier(a: EventFacts, b: EventFacts): boolean {
  const difference = a.at.getTime() - b.at.getTime();
  return difference === 0 ? a.eventId < b.eventId : difference < 0;
}
