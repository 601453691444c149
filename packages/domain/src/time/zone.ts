import { type CivilDate, toDayNumber } from './civil-date.ts';

const dayLength = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the clocks of a zone show at an instant, written as if it were UTC, in ms. */
function localOf(zone: string, instant: number): number {
  if (zone === 'UTC') return instant;
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = value;
  const era = parts.era?.startsWith('B');
  const year = era ? 1 - Number(parts.year) : Number(parts.year);
  const date = new Date(0).setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  const time = (Number(parts.hour) * 60 + Number(parts.minute)) * 60 + Number(parts.second);
  return date + time * 1000 + (((instant % 1000) + 1000) % 1000);
}

/** How far the clocks of a zone are ahead of UTC at an instant, in ms. */
export const zoneOffset = (zone: string, instant: number): number => localOf(zone, instant) - instant;

/** The date that the calendars of a zone show at an instant. */
export function civilDateAt(zone: string, instant: number): CivilDate {
  return new Date(localOf(zone, instant)).toISOString().slice(0, 10);
}

/**
 * The instant (ms since 1970) at which the clocks of a zone show a time, given in ms as if it were UTC.
 * Where the clocks jump over it, the instant of the jump; where they show it twice, the first.
 */
export function instantOfLocal(zone: string, local: number): number {
  if (zone === 'UTC') return local;
  const before = zoneOffset(zone, local - dayLength);
  const after = zoneOffset(zone, local + dayLength);
  const earliest = local - Math.max(before, after);
  const latest = local - Math.min(before, after);
  for (const candidate of [earliest, latest]) {
    if (localOf(zone, candidate) === local) return candidate;
  }
  // In a gap: the offset changes between the two candidates; halve until the jump is found.
  let low = earliest;
  let high = latest;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (localOf(zone, middle) >= local) high = middle;
    else low = middle;
  }
  return high;
}

/** The first instant of a day in a zone. */
export const startOfDay = (zone: string, date: CivilDate): number =>
  instantOfLocal(zone, toDayNumber(date) * dayLength);
