import { describe, expect, it } from 'vitest';
import { dateRange, instantRange } from './resolve-window.ts';
import type { Window } from './window.ts';
import { civilDateAt, startOfDay } from './zone.ts';

const days = (type: 'last' | 'moreThanAgo' | 'next', amount: number): Window => ({ type, amount, unit: 'days' });
const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];

/** What each relative form means when today is 17 June 2026, as dates; `now` is the instant itself. */
const golden: [Window, string | null, string | null][] = [
  [{ type: 'ever' }, null, null],
  [days('last', 3), '2026-06-14', 'now'],
  [days('moreThanAgo', 3), null, '2026-06-14'],
  [{ type: 'betweenAgo', from: 3, to: 5, unit: 'days' }, '2026-06-12', '2026-06-15'],
  [{ type: 'betweenAgo', from: 0, to: 2, unit: 'days' }, '2026-06-15', 'now'],
  [days('next', 3), 'now', '2026-06-21'],
  [{ type: 'last', amount: 2, unit: 'weeks' }, '2026-06-03', 'now'],
  [{ type: 'last', amount: 4, unit: 'months' }, '2026-02-17', 'now'],
  [{ type: 'moreThanAgo', amount: 1, unit: 'years' }, null, '2025-06-17'],
  [{ type: 'this', unit: 'day' }, '2026-06-17', '2026-06-18'],
  [{ type: 'previous', unit: 'day' }, '2026-06-16', '2026-06-17'],
  [{ type: 'this', unit: 'week' }, '2026-06-15', '2026-06-22'],
  [{ type: 'previous', unit: 'week' }, '2026-06-08', '2026-06-15'],
  [{ type: 'this', unit: 'month' }, '2026-06-01', '2026-07-01'],
  [{ type: 'previous', unit: 'month' }, '2026-05-01', '2026-06-01'],
  [{ type: 'this', unit: 'quarter' }, '2026-04-01', '2026-07-01'],
  [{ type: 'previous', unit: 'quarter' }, '2026-01-01', '2026-04-01'],
  [{ type: 'this', unit: 'year' }, '2026-01-01', '2027-01-01'],
  [{ type: 'previous', unit: 'year' }, '2025-01-01', '2026-01-01'],
  [{ type: 'on', date: '2026-06-16' }, '2026-06-16', '2026-06-17'],
  [{ type: 'before', date: '2026-06-16' }, null, '2026-06-16'],
  [{ type: 'after', date: '2026-06-16' }, '2026-06-17', null],
  [{ type: 'since', date: '2026-06-16' }, '2026-06-16', null],
  [{ type: 'between', from: '1997-01-01', to: '1997-06-30' }, '1997-01-01', '1997-07-01'],
];

describe.each(zones)('instantRange in %s with today 17 June', (zone) => {
  const now = startOfDay(zone, '2026-06-17') + 15.5 * 3_600_000;
  const at = (end: string | null) => (end === null ? null : end === 'now' ? now : startOfDay(zone, end));

  it.each(golden)('binds %j', (window, from, to) => {
    expect(instantRange(window, { now, zone })).toEqual({ from: at(from), to: at(to) });
  });
});

describe('instantRange over a clock change', () => {
  it.each([
    ['America/New_York', '2026-03-08', '2026-03-07T05:00:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-10-31T04:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-03T13:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-02T13:30:00.000Z'],
  ])('goes back by the calendar, not by 24 hours: %s on %s', (zone, today, start) => {
    const now = startOfDay(zone, today) + 12 * 3_600_000;
    expect(civilDateAt(zone, now)).toBe(today);
    const { from } = instantRange(days('last', 1), { now, zone });
    expect(new Date(from ?? 0).toISOString()).toBe(start);
  });

  it('rolls by 24 hours where the rule says so, and always by the clock for hours', () => {
    const zone = 'America/New_York';
    const now = startOfDay(zone, '2026-03-08') + 12 * 3_600_000;
    const day = 86_400_000;
    expect(instantRange({ type: 'last', amount: 1, unit: 'days', mode: 'rolling' }, { now, zone })).toEqual({
      from: now - day,
      to: now,
    });
    expect(instantRange({ type: 'betweenAgo', from: 1, to: 24, unit: 'hours' }, { now, zone })).toEqual({
      from: now - day,
      to: now - 3_600_000,
    });
  });

  it('clamps months: on 31 March the last month begins on 28 February', () => {
    const now = Date.UTC(2026, 2, 31, 12);
    expect(instantRange({ type: 'last', amount: 1, unit: 'months' }, { now, zone: 'UTC' }).from).toBe(
      Date.UTC(2026, 1, 28),
    );
  });
});

describe('dateRange', () => {
  it('has today in the last days and in the next', () => {
    expect(dateRange(days('last', 3), '2026-06-17')).toEqual({ from: '2026-06-14', to: '2026-06-18' });
    expect(dateRange(days('next', 3), '2026-06-17')).toEqual({ from: '2026-06-17', to: '2026-06-21' });
  });
});
