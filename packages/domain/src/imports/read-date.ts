import { isCivilDate } from '../attributes/attribute.ts';
import { type CivilDate, toDayNumber } from '../time/civil-date.ts';
import { instantOfLocal, zoneOffset } from '../time/zone.ts';
import type { DateOrder } from './import.ts';

const dayLength = 86_400_000;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?$/;
const offsetAtEnd = /\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})?)$/i;

/** A date as it is written in a file; a time behind it is not read. Two-digit years are 1970 to 2069. Null where it is none that exists. */
export function readDate(text: string, order: DateOrder): CivilDate | null {
  const plain = text.length === 10 && text.charCodeAt(4) === 45 ? text : null;
  if (plain && isCivilDate(plain)) return plain;
  const first = yearFirst.exec(text);
  if (first) return civil(first[1] as string, first[3] as string, first[4] as string);
  const last = yearLast.exec(text);
  if (!last) return null;
  const [, a = '', , b = '', written = ''] = last;
  const year = written.length === 4 ? written : `${Number(written) < 70 ? '20' : '19'}${written}`;
  return order === 'dmy' ? civil(year, b, a) : civil(year, a, b);
}

function civil(year: string, month: string, day: string): CivilDate | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCivilDate(date) ? date : null;
}

/** Reads instants of one file; keeps what it worked out for a day, as files name the same days again and again. */
export interface InstantReader {
  /** ms since 1970 of a date with or without a time and an offset; null where it is none that exists. */
  read(text: string): number | null;
}

const maximumKept = 20_000;

/** A reader of dates and times as one zone shows them. A date without a time is its midnight, DESIGN.md section 2. */
export function instantReader(zone: string, order: DateOrder): InstantReader {
  const midnights = new Map<string, number | null>();
  const offsets = new Map<number, number | null>();

  /** The zone's offset on a day without a change of clocks around it; null where the exact way is needed. */
  function offsetOf(day: number): number | null {
    let offset = offsets.get(day);
    if (offset === undefined) {
      const before = zoneOffset(zone, (day - 1) * dayLength);
      offset = before === zoneOffset(zone, (day + 2) * dayLength) ? before : null;
      if (offsets.size >= maximumKept) offsets.clear();
      offsets.set(day, offset);
    }
    return offset;
  }

  function fromLocal(local: number): number {
    const offset = offsetOf(Math.floor(local / dayLength));
    return offset === null ? instantOfLocal(zone, local) : local - offset;
  }

  function readMidnight(text: string): number | null {
    let at = midnights.get(text);
    if (at === undefined) {
      const date = readDate(text, order);
      at = date === null ? null : fromLocal(toDayNumber(date) * dayLength);
      if (midnights.size >= maximumKept) midnights.clear();
      midnights.set(text, at);
    }
    return at;
  }

  return {
    read(text) {
      if (text.length <= 10) return readMidnight(text);
      const gap = text.search(/[T ]/);
      if (gap === -1) return null;
      const date = readDate(text.slice(0, gap), order);
      if (date === null) return null;
      let time = text.slice(gap + 1).trim();
      const offset = offsetAtEnd.exec(time);
      if (offset) time = time.slice(0, offset.index);
      const ms = readClock(time);
      if (ms === null) return null;
      const local = toDayNumber(date) * dayLength + ms;
      if (!offset) return fromLocal(local);
      const [, utc, sign, hours = '0', minutes = '0'] = offset;
      if (utc) return local;
      const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
      return sign === '-' ? local + ahead : local - ahead;
    },
  };
}

/** Milliseconds since midnight that a clock time says, with 24 hours or with AM and PM. */
function readClock(text: string): number | null {
  const match = clock.exec(text);
  if (!match) return null;
  const [, hours = '', minutes = '', seconds = '0', fraction = '0', half] = match;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** Which order the dates of a column can have: both where every date allows both (`03/04/2024`), none where it is no column of dates. */
export function possibleDateOrders(values: readonly string[]): readonly DateOrder[] {
  const dates = values.map((value) => value.trim().split(/[T ]/)[0] ?? '').filter((value) => value !== '');
  if (dates.length === 0) return [];
  const orders: DateOrder[] = ['dmy', 'mdy'];
  return orders.filter((order) => dates.every((date) => readDate(date, order) !== null));
}

/** Whether every date of a column begins with its year, so that nothing needs asking. */
export const areYearFirst = (values: readonly string[]): boolean =>
  values.every((value) => value.trim() === '' || /^\d{4}[-/.]/.test(value.trim()));
