import type { CivilDate } from '../time/civil-date.ts';
import type { LengthUnit, Window } from '../time/window.ts';

const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** A date in English, without a zone: `1 Jan 1997`. */
export const describeDate = (date: CivilDate): string => dateFormat.format(new Date(`${date}T00:00:00Z`));

/** Days that roll are told from those that begin at midnight. */
const count = (amount: number, { unit, mode }: { readonly unit: LengthUnit; readonly mode?: 'rolling' | undefined }) =>
  `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}${mode && (unit === 'days' || unit === 'weeks') ? ' to the hour' : ''}`;

/** A window as the end of a sentence: `in the last 3 days`, `before 1 Jan 1997`; empty for `ever`. */
export function describeWindow(window: Window): string {
  switch (window.type) {
    case 'ever':
      return '';
    case 'last':
      return `in the last ${count(window.amount, window)}`;
    case 'moreThanAgo':
      return `more than ${count(window.amount, window)} ago`;
    case 'betweenAgo':
      return `between ${window.from} and ${count(window.to, window)} ago`;
    case 'next':
      return `in the next ${count(window.amount, window)}`;
    case 'this':
      return window.unit === 'day' ? 'today' : `this ${window.unit}`;
    case 'previous':
      return window.unit === 'day' ? 'yesterday' : `in the previous ${window.unit}`;
    case 'on':
      return `on ${describeDate(window.date)}`;
    case 'before':
      return `before ${describeDate(window.date)}`;
    case 'after':
      return `after ${describeDate(window.date)}`;
    case 'since':
      return `since ${describeDate(window.date)}`;
    case 'between':
      return `from ${describeDate(window.from)} to ${describeDate(window.to)}`;
    default:
      return window satisfies never;
  }
}
