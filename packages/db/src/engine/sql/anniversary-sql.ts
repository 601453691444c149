import { zoneOffset } from '@mini-crm/domain';
import type { Parameters } from './parameters.ts';

const day = 86_400_000;

/** When the clocks of a zone changed in a year, and by how much they are ahead of UTC from each of these instants on. */
interface Offsets {
  readonly from: readonly number[];
  readonly ahead: readonly number[];
}

const yearsKnown = new Map<string, Offsets>();

function offsetsOf(zone: string, year: number): Offsets {
  const key = `${zone} ${year}`;
  const known = yearsKnown.get(key);
  if (known) return known;
  const start = new Date(0).setUTCFullYear(year, 0, 1);
  const end = new Date(0).setUTCFullYear(year + 1, 0, 1);
  const from = [start];
  const ahead = [zoneOffset(zone, start)];
  let last = start;
  // No zone ever changed its clocks twice within some days.
  for (let probe = start; probe < end; ) {
    const next = Math.min(probe + 4 * day, end);
    const before = ahead.at(-1) as number;
    if (zoneOffset(zone, next) !== before) {
      let low = probe;
      let high = next;
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (zoneOffset(zone, middle) === before) low = middle;
        else high = middle;
      }
      if (high < end && high > last) {
        from.push(high);
        ahead.push(zoneOffset(zone, high));
        last = high;
      }
      probe = Math.max(high, probe + 1);
      if (high === next) continue;
      continue;
    }
    probe = next;
  }
  const offsets = { from, ahead };
  if (yearsKnown.size > 5000) yearsKnown.clear();
  yearsKnown.set(key, offsets);
  return offsets;
}

/** `MM-DD` as a number, 2 March is 302. */
const dayNumber = (monthDay: string): number => Number(monthDay.slice(0, 2)) * 100 + Number(monthDay.slice(3));

/** The days before and after each day of a year that has 29 February; around it, also those of years that have it not. */
const neighbours: ReadonlyMap<number, readonly number[]> = new Map(
  Array.from({ length: 366 }, (_, i) => {
    const at = (offset: number) => dayNumber(new Date(Date.UTC(2024, 0, 1 + i + offset)).toISOString().slice(5, 10));
    const of = at(0);
    return [of, of === 228 ? [227, 229, 301] : of === 301 ? [228, 229, 302] : [at(-1), at(1)]] as const;
  }),
);

const daySql = (instant: string): string => `(month(epoch_ms(${instant})) * 100 + day(epoch_ms(${instant})))::BIGINT`;

/**
 * Whether an instant (ms, in SQL) falls on one of these days by the calendar of a zone. A zone's date is that of UTC or one
 * beside it, so only near the ends of the days has the zone's own clock to be asked, by the offsets in the years in which
 * stored instants lie.
 */
export function anniversarySql(
  instant: string,
  days: readonly string[],
  zone: string,
  years: ReadonlySet<number>,
  to: Parameters,
): string {
  const wanted = new Set(days.map(dayNumber));
  if (wanted.size === 366) return `${instant} IS NOT NULL`;
  if (zone === 'UTC') return `list_contains(${to.integers([...wanted])}, ${daySql(instant)})`;
  const offsets = [...years].sort((a, b) => a - b).map((year) => offsetsOf(zone, year));
  const from = offsets.flatMap((one) => one.from);
  const ahead = offsets.flatMap((one) => one.ahead);
  const edge = new Set<number>();
  const core: number[] = [];
  for (const [of, beside] of neighbours) {
    const isIn = wanted.has(of);
    if (beside.every((other) => wanted.has(other) === isIn)) {
      if (isIn) core.push(of);
    } else edge.add(of);
  }
  const offset = `(${to.integers(ahead)})[len(list_filter(${to.integers(from)}, lambda changed: changed <= ${instant}))]`;
  return `CASE WHEN list_contains(${to.integers(core)}, ${daySql(instant)}) THEN true
    WHEN list_contains(${to.integers([...edge])}, ${daySql(instant)})
    THEN list_contains(${to.integers([...wanted])}, ${daySql(`(${instant} + ${offset})`)}) ELSE false END`;
}
