import fc from 'fast-check';
import type { Window } from '../time/window.ts';
import { calendarUnits, lengthUnits, periodUnits } from '../time/window.ts';
import { awkwardDates } from './awkward-values.ts';

const date = fc.constantFrom(...awkwardDates);
const dates = fc.tuple(date, date).map((pair) => pair.sort() as [string, string]);
const amount = fc.constantFrom(1, 2, 3, 4, 5, 7, 30);

/** A window that fits values with a time, or with `ofDays` also plain dates. */
export function arbitraryWindow(ofDays = false): fc.Arbitrary<Window> {
  const unit = ofDays ? fc.constantFrom(...calendarUnits) : fc.constantFrom(...lengthUnits);
  const rolls = (window: Window, isRolling: boolean): Window =>
    isRolling && !ofDays && 'unit' in window && (window.unit === 'days' || window.unit === 'weeks')
      ? ({ ...window, mode: 'rolling' } as Window)
      : window;
  return fc.oneof(
    fc.constant<Window>({ type: 'ever' }),
    fc
      .tuple(fc.constantFrom('last' as const, 'moreThanAgo' as const, 'next' as const), amount, unit, fc.boolean())
      .map(([type, count, of, isRolling]) => rolls({ type, amount: count, unit: of }, isRolling)),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), amount, unit, fc.boolean())
      .map(([from, more, of, isRolling]) => rolls({ type: 'betweenAgo', from, to: from + more, unit: of }, isRolling)),
    fc.record({ type: fc.constantFrom('this' as const, 'previous' as const), unit: fc.constantFrom(...periodUnits) }),
    fc.record({ type: fc.constantFrom('on' as const, 'before' as const, 'after' as const, 'since' as const), date }),
    dates.map(([from, to]): Window => ({ type: 'between', from, to })),
  );
}

/** A window of days with two ends, as anniversaries need it. */
export const boundedWindow = arbitraryWindow(true).filter(
  ({ type }) => type !== 'ever' && type !== 'before' && type !== 'after' && type !== 'since' && type !== 'moreThanAgo',
);
