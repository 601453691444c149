const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface InstantOptions {
  /** IANA zone; the reader's own where none is given. */
  readonly zone?: string | undefined;
  readonly locale?: string | undefined;
}

/** What a server sends for an instant: a Date, its ISO text or milliseconds. */
export type InstantValue = Date | string | number;

/** `5 minutes ago`, `in 3 hours` within a day of `now`; otherwise `12 Nov 2026, 14:03`, without the year in the current one. */
export function formatInstant(value: InstantValue, now: Date, options: InstantOptions = {}): string {
  const at = new Date(value);
  const difference = at.getTime() - now.getTime();
  const distance = Math.abs(difference);
  if (distance < day) {
    const relative = new Intl.RelativeTimeFormat(options.locale, { numeric: 'auto' });
    if (distance < minute) return relative.format(0, 'second');
    if (distance < hour) return relative.format(Math.trunc(difference / minute), 'minute');
    return relative.format(Math.trunc(difference / hour), 'hour');
  }
  return new Intl.DateTimeFormat(options.locale, {
    day: 'numeric',
    month: 'short',
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    timeZone: options.zone,
  }).format(at);
}

/** `Thursday, 12 November 2026 at 14:03:22 CET`, the zone said. */
export function formatExactInstant(value: InstantValue, options: InstantOptions = {}): string {
  return new Intl.DateTimeFormat(options.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone: options.zone,
  }).format(new Date(value));
}

/** `12 Nov 2026` of a civil date (`2026-11-12`), which belongs to no zone and is never shifted by one. */
export function formatCivilDate(date: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
}

/** `12 Nov 2026` of an instant in a zone. */
export function formatDay(value: InstantValue, options: InstantOptions = {}): string {
  return new Intl.DateTimeFormat(options.locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: options.zone,
  }).format(new Date(value));
}

/** `14:03` of an instant in a zone. */
export function formatTime(value: InstantValue, options: InstantOptions = {}): string {
  return new Intl.DateTimeFormat(options.locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: options.zone,
  }).format(new Date(value));
}

/** The civil date (`2026-11-12`) on which an instant falls in a zone: the key of a day's group. */
export function dayKey(value: InstantValue, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  }).format(new Date(value));
  return parts;
}

/** `Today`, `Yesterday`, else the day with its weekday. */
export function formatDayHeading(key: string, today: string, locale?: string): string {
  const difference = Math.round((Date.parse(`${key}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / day);
  if (difference === 0 || difference === -1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(difference, 'day');
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: key.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${key}T00:00:00Z`));
}
