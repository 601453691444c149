import { addDays } from '../time/civil-date.ts';
import { civilDateAt, instantOfLocal, startOfDay, zoneOffset } from '../time/zone.ts';
import type { TimeRange } from './time-buckets.ts';

const day = 86_400_000;

/** A stretch of days and the one before it, as far into their last day as each other, so that a morning is not held against a whole day. */
export interface ComparedPeriods {
  readonly current: TimeRange;
  readonly previous: TimeRange;
  /** Whether the period ends today, or earlier because what it counts ended long ago. */
  readonly recent: boolean;
}

/**
 * The last `days` days up to now, today included, and as many before. What ended long ago (`lastAt` more than three periods before
 * now: an import of old orders) is looked at where it ended: the days up to the end of that day.
 */
export function comparedPeriods(
  { now, zone, lastAt }: { readonly now: number; readonly zone: string; readonly lastAt: number | null },
  days: number,
): ComparedPeriods {
  const recent = lastAt === null || lastAt >= now - 3 * days * day;
  const today = civilDateAt(zone, recent ? now : lastAt);
  const to = recent ? now : startOfDay(zone, addDays(today, 1));
  const from = startOfDay(zone, addDays(today, 1 - days));
  const before = startOfDay(zone, addDays(today, 1 - 2 * days));
  const toBefore = recent ? instantOfLocal(zone, now + zoneOffset(zone, now) - days * day) : from;
  return { current: { from, to }, previous: { from: before, to: toBefore }, recent };
}
