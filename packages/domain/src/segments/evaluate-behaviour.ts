import type { OrderLine } from '../events/event.ts';
import { type EventFacts, unitGetter } from './customer-facts.ts';
import { compileMeasure } from './evaluate-measure.ts';
import { compileCondition, compileNumber, type Predicate } from './evaluate-test.ts';
import { compileOccurrence, linesOf, occurs } from './evaluate-units.ts';
import type { NumberTest, ResolvedBehaviour, ResolvedMeasure } from './resolved-rule.ts';

type EventsPredicate = Predicate<readonly EventFacts[]>;

/** A behaviour as a function of all that a customer did. */
export function compileBehaviour(node: ResolvedBehaviour): EventsPredicate {
  const { measure, orMissing } = node;
  switch (measure.aggregate) {
    case 'count':
    case 'distinct':
    case 'sum': {
      const measured = compileMeasure({ ...node, measure });
      const holds = compileNumber(numberTest(node));
      return (events) => holds(measured(events).n, 1);
    }
    case 'avg':
    case 'min':
    case 'max': {
      const measured = compileMeasure({ ...node, measure });
      const holds = compileNumber(numberTest(node));
      return (events) => {
        const { n, d, units } = measured(events);
        return units === 0 ? orMissing : holds(n, d);
      };
    }
    case 'first':
    case 'last': {
      const value = compileEdge(node, measure);
      const holds = compileCondition(node);
      return (events) => holds(value(events));
    }
    default:
      return measure satisfies never;
  }
}

function numberTest({ test }: ResolvedBehaviour): NumberTest {
  if (test.kind !== 'number') throw new Error(`An aggregate can't be held against a ${test.kind} test`);
  return test;
}

/**
 * The value of the earliest or latest unit, null where there is none; at one instant the event's id decides, within one event
 * the order of its lines.
 */
export function compileEdge(
  node: ResolvedBehaviour,
  { field, aggregate }: Extract<ResolvedMeasure, { aggregate: 'first' | 'last' }>,
): (events: readonly EventFacts[]) => unknown {
  const when = compileOccurrence(node);
  const { where } = when;
  const get = unitGetter(field);
  const wantsLast = aggregate === 'last';
  return (events) => {
    let best: EventFacts | null = null;
    let bestLine: OrderLine | null = null;
    for (const event of events) {
      if (!occurs(event, when) || (best !== null && isEarlier(event, best) === wantsLast)) continue;
      for (const line of linesOf(event, when)) {
        if (where !== null && !where(event, line)) continue;
        const isFirstOfEvent = event !== best;
        best = event;
        if (wantsLast || isFirstOfEvent) bestLine = line;
      }
    }
    return best === null ? null : get(best, bestLine);
  };
}

function isEarlier(a: EventFacts, b: EventFacts): boolean {
  const difference = a.at.getTime() - b.at.getTime();
  return difference === 0 ? a.eventId < b.eventId : difference < 0;
}
