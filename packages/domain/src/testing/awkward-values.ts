import { addDays, type CivilDate } from '../time/civil-date.ts';
import { startOfDay } from '../time/zone.ts';

/** Texts that readers fold, quote, escape or cut differently if they can. */
export const awkwardTexts: readonly string[] = [
  '',
  'red',
  'Red',
  'RED ',
  'reddish',
  'rød',
  'RØD',
  'caf\u00e9',
  'CAFE\u0301',
  'cafe',
  'ΣΊΣΥΦΟΣ',
  'σίσυφος',
  'σίσυφο',
  'Straße',
  'STRASSE',
  'İstanbul',
  'istanbul',
  'ISTANBUL',
  'ıstanbul',
  '\u212Aelvin',
  'kelvin',
  'ﬁne',
  'ΰ',
  '👩‍👩‍👧',
  '👩',
  '𐐀',
  '𐐨',
  '.*',
  '^red$',
  'a.b',
  'a*b',
  '(',
  '[a-z]',
  '\\',
  '%',
  '_',
  "o'brien",
  '"; drop table customers; --',
  '$where',
  '$red',
  '{"$gt":""}',
  '__proto__',
  'constructor',
  'null',
  '5',
  '\u2028',
  'ab',
  'AB',
];

export const awkwardNumbers: readonly number[] = [
  0, 1, -1, 2, 3, 5, 18, 40, 100, 0.1, 0.2, 0.3, 0.7, 1.1, 33.3333, 0.0001, -0.0001, 999_999_999.9999,
  -999_999_999.9999,
];

export const awkwardAmounts: readonly number[] = [0, 1, -1, 99, 100, 101, 5000, 9999, 10_000, 10_001, -10_000, 33];

export const awkwardCurrencies = ['USD', 'EUR'] as const;

export const awkwardZones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'] as const;

/** Around 17 June 2026, the turns of years and quarters, both clock changes of New York and Lord Howe, and leap days. */
export const awkwardDates: readonly CivilDate[] = [
  ...[-31, -30, -8, -7, -5, -4, -3, -2, -1, 0, 1, 3, 4, 14].map((days) => addDays('2026-06-17', days)),
  '2026-03-08',
  '2026-11-01',
  '2026-04-05',
  '2026-10-04',
  '2026-01-01',
  '2025-12-31',
  '2026-04-01',
  '2024-02-29',
  '2023-02-28',
  '2000-02-29',
  '1900-03-01',
  '1970-01-01',
  '0001-01-01',
  '9998-12-31',
];

/** The instants that a rule may call now: an ordinary afternoon, a midnight, the clock changes, a leap day. */
export const awkwardNows: readonly number[] = [
  Date.UTC(2026, 5, 17, 15, 30),
  Date.UTC(2026, 5, 17),
  Date.UTC(2026, 2, 8, 7, 30),
  Date.UTC(2026, 10, 1, 6, 15),
  Date.UTC(2026, 9, 3, 16, 0),
  Date.UTC(2024, 1, 29, 12),
];

/** One millisecond before, at and after the midnights of those dates in every zone, and some hours around. */
export const awkwardInstants: readonly number[] = awkwardDates
  .filter((date) => date > '1960' && date < '2100')
  .flatMap((date) =>
    awkwardZones.flatMap((zone) => {
      const midnight = startOfDay(zone, date);
      return [midnight - 1, midnight, midnight + 1, midnight + 15.5 * 3_600_000];
    }),
  );
