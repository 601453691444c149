/** A day of the Gregorian calendar without a zone, written `YYYY-MM-DD`, from year 1 to 9999. */
export type CivilDate = string;

const dayLength = 86_400_000;
const first = toDayNumberOf(1, 1, 1);
const last = toDayNumberOf(9999, 12, 31);

function toDayNumberOf(year: number, month: number, day: number): number {
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; setUTCFullYear takes them as they are.
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / dayLength);
}

/** Days since 1970-01-01. */
export function toDayNumber(date: CivilDate): number {
  return toDayNumberOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** The date so many days after 1970-01-01, clamped to the years that a civil date can say. */
export function fromDayNumber(days: number): CivilDate {
  return new Date(Math.min(last, Math.max(first, days)) * dayLength).toISOString().slice(0, 10);
}

export const addDays = (date: CivilDate, days: number): CivilDate => fromDayNumber(toDayNumber(date) + days);

/** Months later (or earlier) by the calendar; a day that the month does not have becomes its last: 31 March minus one month is 28 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  if (year < 1) return fromDayNumber(first);
  if (year > 9999) return fromDayNumber(last);
  const month = (index % 12) + 1;
  const daysInMonth = toDayNumberOf(year, month + 1, 1) - toDayNumberOf(year, month, 1);
  return fromDayNumber(toDayNumberOf(year, month, Math.min(Number(date.slice(8, 10)), daysInMonth)));
}

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The first day of the calendar unit that holds a date; weeks begin on Monday. */
export function startOf(unit: CalendarUnit, date: CivilDate): CivilDate {
  const year = date.slice(0, 4);
  const month = Number(date.slice(5, 7));
  switch (unit) {
    case 'day':
      return date;
    case 'week': {
      const days = toDayNumber(date);
      return fromDayNumber(days - ((((days + 3) % 7) + 7) % 7));
    }
    case 'month':
      return `${date.slice(0, 7)}-01`;
    case 'quarter':
      return `${year}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
    case 'year':
      return `${year}-01-01`;
    default:
      return unit satisfies never;
  }
}

/** The first day of the calendar unit so many units after one that starts on `start`. */
export function addUnits(unit: CalendarUnit, start: CivilDate, count: number): CivilDate {
  switch (unit) {
    case 'day':
      return addDays(start, count);
    case 'week':
      return addDays(start, count * 7);
    case 'month':
      return addMonths(start, count);
    case 'quarter':
      return addMonths(start, count * 3);
    case 'year':
      return addMonths(start, count * 12);
    default:
      return unit satisfies never;
  }
}

/** Whether 29 February exists in the year of a date. */
export function isLeapYear(date: CivilDate): boolean {
  const year = Number(date.slice(0, 4));
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
