import type { Window } from '@mini-crm/domain';
import { expect, it } from 'vitest';
import { windowDates } from './window-dates.ts';

const context = { now: new Date('2026-06-17T15:30:00Z'), zone: 'UTC', locale: 'en-GB' };

it.each<[Window, string]>([
  [{ type: 'ever' }, ''],
  [{ type: 'last', amount: 3, unit: 'days' }, '14 Jun to today'],
  [{ type: 'moreThanAgo', amount: 3, unit: 'days' }, 'before 14 Jun'],
  [{ type: 'betweenAgo', from: 3, to: 5, unit: 'days' }, '12 Jun to 14 Jun'],
  [{ type: 'next', amount: 3, unit: 'days' }, 'today to 20 Jun'],
  [{ type: 'previous', unit: 'month' }, '1 May to 31 May'],
  [{ type: 'this', unit: 'day' }, 'today'],
  [{ type: 'previous', unit: 'year' }, '1 Jan 2025 to 31 Dec 2025'],
  [{ type: 'since', date: '1998-01-01' }, ''],
  [{ type: 'last', amount: 6, unit: 'hours' }, '17 Jun 2026, 09:30 to now'],
])('%j is shown as its dates', (window, dates) => {
  expect(windowDates(window, context)).toBe(dates);
});

it('has whole days for dates without a time', () => {
  expect(windowDates({ type: 'last', amount: 3, unit: 'days' }, context, true)).toBe('14 Jun to today');
});
