import { addDays, addMonths, addUnits, type CivilDate, startOf } from './civil-date.ts';
import type { LengthUnit, Window } from './window.ts';
import { civilDateAt, startOfDay } from './zone.ts';

/** Half-open: `from` is in, `to` is not; null is without end. Instants in ms since 1970. */
export interface InstantRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** Half-open, of days without a zone. */
export interface DateRange {
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

/** The one instant that a whole run compares with, and the zone whose calendar it follows. */
export interface Clock {
  readonly now: number;
  readonly zone: string;
}

const lengths: Partial<Record<LengthUnit, number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

type Relative = Extract<Window, { unit: LengthUnit }>;

const isRelative = (window: Window): window is Relative =>
  window.type === 'last' || window.type === 'moreThanAgo' || window.type === 'betweenAgo' || window.type === 'next';

/** Whether a window is counted in hours from now rather than by the calendar. */
export function isRolling(window: Window): boolean {
  if (!isRelative(window)) return false;
  return window.unit === 'minutes' || window.unit === 'hours' || window.mode === 'rolling';
}

/** Whether the parts of a window fit together: no rolling months (they have no length), no end before the start. */
export function isWindowSound(window: Window): boolean {
  if (isRelative(window) && window.mode === 'rolling' && lengths[window.unit] === undefined) return false;
  if (window.type === 'between' || window.type === 'betweenAgo') return window.from <= window.to;
  return true;
}

function daysAway(today: CivilDate, amount: number, unit: LengthUnit): CivilDate {
  switch (unit) {
    case 'days':
      return addDays(today, amount);
    case 'weeks':
      return addDays(today, amount * 7);
    case 'months':
      return addMonths(today, amount);
    case 'years':
      return addMonths(today, amount * 12);
    case 'minutes':
    case 'hours':
      throw new Error(`${unit} are no calendar unit`);
    default:
      return unit satisfies never;
  }
}

/** The days of a calendar window: today 17 June, `last 3 days` is from the 14th through today, `more than 3 days ago` all before. */
export function dateRange(window: Window, today: CivilDate): DateRange {
  const away = (amount: number, unit: LengthUnit) => daysAway(today, amount, unit);
  switch (window.type) {
    case 'ever':
      return { from: null, to: null };
    case 'last':
      return { from: away(-window.amount, window.unit), to: addDays(today, 1) };
    case 'moreThanAgo':
      return { from: null, to: away(-window.amount, window.unit) };
    case 'betweenAgo':
      return { from: away(-window.to, window.unit), to: addDays(away(-window.from, window.unit), 1) };
    case 'next':
      return { from: today, to: addDays(away(window.amount, window.unit), 1) };
    case 'this':
    case 'previous': {
      const start = addUnits(window.unit, startOf(window.unit, today), window.type === 'this' ? 0 : -1);
      return { from: start, to: addUnits(window.unit, start, 1) };
    }
    case 'on':
      return { from: window.date, to: addDays(window.date, 1) };
    case 'before':
      return { from: null, to: window.date };
    case 'after':
      return { from: addDays(window.date, 1), to: null };
    case 'since':
      return { from: window.date, to: null };
    case 'between':
      return { from: window.from, to: addDays(window.to, 1) };
    default:
      return window satisfies never;
  }
}

function rollingRange(window: Relative, now: number): InstantRange {
  const length = lengths[window.unit];
  if (length === undefined) throw new Error(`${window.unit} do not roll`);
  switch (window.type) {
    case 'last':
      return { from: now - window.amount * length, to: now };
    case 'moreThanAgo':
      return { from: null, to: now - window.amount * length };
    case 'betweenAgo':
      return { from: now - window.to * length, to: now - window.from * length };
    case 'next':
      return { from: now, to: now + window.amount * length };
    default:
      return window satisfies never;
  }
}

/**
 * The instants of a window, by the calendar of the clock's zone: today 17 June, `last 3 days` is [14 June 00:00, now),
 * `between 3 and 5 days ago` [12 June, 15 June), `next 3 days` [now, 21 June). A window into the past ends at now at the latest.
 */
export function instantRange(window: Window, { now, zone }: Clock): InstantRange {
  if (isRelative(window) && isRolling(window)) return rollingRange(window, now);
  const { from, to } = dateRange(window, civilDateAt(zone, now));
  const start = from === null ? null : startOfDay(zone, from);
  const end = to === null ? null : startOfDay(zone, to);
  switch (window.type) {
    case 'last':
      return { from: start, to: now };
    case 'betweenAgo':
      return { from: start, to: end === null ? now : Math.min(end, now) };
    case 'next':
      return { from: now, to: end };
    default:
      return { from: start, to: end };
  }
}
