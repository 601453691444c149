import { describe, expect, test } from 'vitest';
import { bucketUnitFor, countByBucket, timeBuckets } from './time-buckets.ts';

const at = (text: string) => Date.parse(text);
const starts = (buckets: readonly { from: number }[]) => buckets.map(({ from }) => new Date(from).toISOString());

describe('the buckets of a chart', () => {
  test('take hours for a weekend, days for a month, weeks for a year and months for more', () => {
    const from = at('2026-01-01T00:00:00Z');
    const unit = (days: number) => bucketUnitFor({ from, to: from + days * 86_400_000 });
    expect([1, 3, 4, 92, 93, 700, 800].map(unit)).toEqual(['hour', 'hour', 'day', 'day', 'week', 'week', 'month']);
  });

  test('begin at midnight in the zone and are 23 hours long when the clocks go forward', () => {
    const range = { from: at('2026-03-28T12:00:00Z'), to: at('2026-03-30T12:00:00Z') };
    const buckets = timeBuckets(range, 'day', 'Europe/Berlin');
    expect(starts(buckets)).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
    expect(buckets.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([24, 23, 24]);
  });

  test('begin on the half hour where a zone is half an hour off', () => {
    const range = { from: at('2026-03-28T12:10:00Z'), to: at('2026-03-28T13:40:00Z') };
    expect(starts(timeBuckets(range, 'hour', 'Asia/Kolkata'))).toEqual([
      '2026-03-28T11:30:00.000Z',
      '2026-03-28T12:30:00.000Z',
      '2026-03-28T13:30:00.000Z',
    ]);
  });

  test('of weeks begin on Monday, of months on the first', () => {
    const range = { from: at('2026-11-18T12:00:00Z'), to: at('2026-12-02T12:00:00Z') };
    expect(starts(timeBuckets(range, 'week', 'UTC')).map((text) => text.slice(0, 10))).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(starts(timeBuckets(range, 'month', 'UTC')).map((text) => text.slice(0, 10))).toEqual([
      '2026-11-01',
      '2026-12-01',
    ]);
  });

  test('are none for an empty range and never without end', () => {
    expect(timeBuckets({ from: 5, to: 5 }, 'day', 'UTC')).toEqual([]);
    expect(timeBuckets({ from: 0, to: at('2026-01-01T00:00:00Z') }, 'hour', 'UTC')).toHaveLength(1000);
  });

  test('count each instant once, at its first moment and not at its last', () => {
    const buckets = timeBuckets({ from: at('2026-06-01T00:00:00Z'), to: at('2026-06-04T00:00:00Z') }, 'day', 'UTC');
    const counts = countByBucket(buckets, [
      { at: at('2026-06-03T23:59:59.999Z'), count: 4 },
      { at: at('2026-06-01T00:00:00Z'), count: 1 },
      { at: at('2026-06-02T00:00:00Z'), count: 2 },
      { at: at('2026-06-04T00:00:00Z'), count: 8 },
      { at: at('2026-05-31T23:59:59Z'), count: 16 },
    ]);
    expect(counts).toEqual([1, 2, 4]);
    expect(countByBucket([], [{ at: 1, count: 1 }])).toEqual([]);
  });
});
