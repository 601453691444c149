import { addUnits, type CalendarUnit, startOf } from '../time/civil-date.ts';
import { civilDateAt, startOfDay, zoneOffset } from '../time/zone.ts';

export const bucketUnits = ['hour', 'day', 'week', 'month'] as const;
export type BucketUnit = (typeof bucketUnits)[number];

/** Half-open, in ms since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** How many things happened at an instant, or in a short stretch that begins there. */
export interface CountedInstant {
  readonly at: number;
  readonly count: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Charts are drawn over at most so many buckets; a longer range is cut off at its end. */
const maximumBuckets = 1000;

/** The unit that draws a range with a readable number of points: hours up to three days, days up to three months, weeks up to two years. */
export function bucketUnitFor({ from, to }: TimeRange): BucketUnit {
  const length = to - from;
  if (length <= 3 * day) return 'hour';
  if (length <= 92 * day) return 'day';
  if (length <= 731 * day) return 'week';
  return 'month';
}

function startOfHour(zone: string, instant: number): number {
  const local = instant + zoneOffset(zone, instant);
  return instant - (((local % hour) + hour) % hour);
}

/** The buckets that hold a range, by the calendar of a zone: a day on which the clocks change is 23 or 25 hours long. */
export function timeBuckets(range: TimeRange, unit: BucketUnit, zone: string): readonly TimeRange[] {
  if (range.to <= range.from) return [];
  const next = unit === 'hour' ? hoursFrom(zone, range.from) : daysFrom(zone, unit, range.from);
  const buckets: TimeRange[] = [];
  let from = next();
  while (from < range.to && buckets.length < maximumBuckets) {
    const to = next();
    buckets.push({ from, to });
    from = to;
  }
  return buckets;
}

function hoursFrom(zone: string, instant: number): () => number {
  let at = startOfHour(zone, instant) - hour;
  return () => {
    at = startOfHour(zone, at + hour);
    return at;
  };
}

function daysFrom(zone: string, unit: CalendarUnit, instant: number): () => number {
  let date = startOf(unit, civilDateAt(zone, instant));
  return () => {
    const at = startOfDay(zone, date);
    date = addUnits(unit, date, 1);
    return at;
  };
}

/** Adds up what happened in each bucket; what lies in none is left out. Buckets are in order, the instants need not be. */
export function countByBucket(buckets: readonly TimeRange[], instants: readonly CountedInstant[]): readonly number[] {
  const counts = buckets.map(() => 0);
  for (const { at, count } of instants) {
    let low = 0;
    let high = buckets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((buckets[middle] as TimeRange).from <= at) low = middle;
      else high = middle - 1;
    }
    const bucket = buckets[low];
    if (bucket && at >= bucket.from && at < bucket.to) counts[low] = (counts[low] ?? 0) + count;
  }
  return counts;
}
