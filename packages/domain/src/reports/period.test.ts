import { describe, expect, test } from 'vitest';
import { attributedUntil, isAttributed } from './attribution.ts';
import { comparedPeriods } from './period.ts';
import { rateOf } from './rate.ts';

const at = (text: string) => Date.parse(text);
const said = ({ from, to }: { from: number; to: number }) => [new Date(from).toISOString(), new Date(to).toISOString()];

describe('periods that are compared', () => {
  test('are as far into their last day as each other', () => {
    const now = at('2026-11-22T09:30:00Z');
    const { current, previous, recent } = comparedPeriods({ now, zone: 'UTC', lastAt: now }, 30);
    expect(recent).toBe(true);
    expect(said(current)).toEqual(['2026-10-24T00:00:00.000Z', '2026-11-22T09:30:00.000Z']);
    expect(said(previous)).toEqual(['2026-09-24T00:00:00.000Z', '2026-10-23T09:30:00.000Z']);
  });

  test('follow the calendar of the zone over a change of the clocks', () => {
    const now = at('2026-11-05T12:00:00Z');
    const { current, previous } = comparedPeriods({ now, zone: 'Europe/Berlin', lastAt: null }, 30);
    expect(said(current)[0]).toBe('2026-10-06T22:00:00.000Z');
    expect(said(previous)[1]).toBe('2026-10-06T11:00:00.000Z');
  });

  test('lie where old data ended', () => {
    const lastAt = at('1998-06-30T10:00:00Z');
    const { current, previous, recent } = comparedPeriods({ now: at('2026-11-22T09:30:00Z'), zone: 'UTC', lastAt }, 30);
    expect(recent).toBe(false);
    expect(said(current)).toEqual(['1998-06-01T00:00:00.000Z', '1998-07-01T00:00:00.000Z']);
    expect(said(previous)).toEqual(['1998-05-02T00:00:00.000Z', '1998-06-01T00:00:00.000Z']);
  });
});

describe('what is bought after a message', () => {
  const sentAt = at('2026-11-01T12:00:00Z');
  test.each([
    [-1, false],
    [0, true],
    [7 * 86_400_000 - 1, true],
    [7 * 86_400_000, false],
  ])('counts from the message on for seven days: %d ms later is %s', (later, counts) => {
    expect(isAttributed(sentAt, sentAt + later)).toBe(counts);
    expect(sentAt + later >= sentAt && sentAt + later < attributedUntil(sentAt)).toBe(counts);
  });
});

test('a rate of nothing is none', () => {
  expect(rateOf(0, 0)).toBeNull();
  expect(rateOf(1, 4)).toBe(0.25);
});
