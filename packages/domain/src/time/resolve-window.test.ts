import { describe, expect, it } from 'vitest';
import { dateRange, instantRange } from './resolve-window.ts';
import type { Window } from './window.ts';
import { startOfDay } from './zone.ts';

const days = (type: 'last' | 'moreThanAgo' | 'next', amount: number): Window => ({ type, amount, unit: 'days' });

// The whole table of relative forms, in four zones and over clock changes, is in golden-windows.test.ts.

describe('instantRange', () => {
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

  it.each([
    ['2026-03-31', { amount: 1, unit: 'months' }, '2026-02-28'],
    ['2024-03-31', { amount: 1, unit: 'months' }, '2024-02-29'],
    ['2024-02-29', { amount: 1, unit: 'years' }, '2023-02-28'],
    ['2026-12-31', { amount: 3, unit: 'months' }, '2026-09-30'],
  ] as const)('clamps to the last day of a shorter month: on %s the last %j begin on %s', (today, length, from) => {
    const now = Date.parse(`${today}T12:00:00Z`);
    expect(instantRange({ type: 'last', ...length }, { now, zone: 'UTC' }).from).toBe(Date.parse(from));
  });
});

describe('dateRange', () => {
  it('has today in the last days and in the next', () => {
    expect(dateRange(days('last', 3), '2026-06-17')).toEqual({ from: '2026-06-14', to: '2026-06-18' });
    expect(dateRange(days('next', 3), '2026-06-17')).toEqual({ from: '2026-06-17', to: '2026-06-21' });
  });
});
