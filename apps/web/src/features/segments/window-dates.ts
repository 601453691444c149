import { addDays, civilDateAt, dateRange, type InstantRange, instantRange, type Window } from '@mini-crm/domain';

interface WindowContext {
  readonly now: Date;
  readonly zone: string;
  readonly locale?: string;
}

/**
 * The dates of a window as a reader says them: `24 Aug to today`, `before 1 Jan 1998`. `ofDays` reads it for dates without a
 * time. Empty for a window without ends, and for one that names its dates itself.
 */
export function windowDates(window: Window, context: WindowContext, ofDays = false): string {
  const { now, zone, locale } = context;
  if (window.type === 'ever' || 'date' in window || window.type === 'between') return '';
  const today = civilDateAt(zone, now.getTime());
  const day = (date: string) => (date === today ? 'today' : formatDate(date, today, locale));
  if (ofDays) {
    const { from, to } = dateRange(window, today);
    if (from === null) return to === null ? '' : `before ${day(to)}`;
    return to === null ? `from ${day(from)}` : span(day(from), day(addDays(to, -1)));
  }
  const range = instantRange(window, { now: now.getTime(), zone });
  if (isByTheClock(window)) return clockDates(range, context);
  if (range.from === null) return range.to === null ? '' : `before ${day(civilDateAt(zone, range.to))}`;
  const first = day(civilDateAt(zone, range.from));
  return range.to === null ? `from ${first}` : span(first, day(civilDateAt(zone, range.to - 1)));
}

/** `24 Aug`, with its year where that is another than today's. */
function formatDate(date: string, today: string, locale: string | undefined): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year, timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

const span = (first: string, last: string) => (first === last ? first : `${first} to ${last}`);

const isByTheClock = (window: Window) =>
  ('mode' in window && window.mode === 'rolling') ||
  ('unit' in window && (window.unit === 'hours' || window.unit === 'minutes'));

function clockDates({ from, to }: InstantRange, { now, zone, locale }: WindowContext): string {
  const at = (instant: number) =>
    instant === now.getTime()
      ? 'now'
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(instant);
  if (from === null) return to === null ? '' : `before ${at(to)}`;
  return to === null ? `from ${at(from)}` : `${at(from)} to ${at(to)}`;
}
