import { describe, expect, it } from 'vitest';
import { instantRange } from './resolve-window.ts';
import { type LengthUnit, type PeriodUnit, type Window, windowSchema } from './window.ts';

// What every relative form means, as instants in UTC. The tables were not made by the code under test: the days are counted
// on a calendar, and the instants follow from the offsets: New York is behind UTC by 5 h, from 8 March to 1 November 2026
// by 4 h; Kathmandu ahead by 5:45; Lord Howe ahead by 11 h, from 5 April to 4 October 2026 by 10:30.

/** Half past three in the afternoon of 17 June 2026, a Wednesday, by the clocks of each zone. */
const june = `
                                  | UTC                                      | America/New_York                         | Asia/Kathmandu                           | Australia/Lord_Howe
now                               | 2026-06-17 15:30                         | 2026-06-17 19:30                         | 2026-06-17 09:45                         | 2026-06-17 05:00
ever                              | ..                                       | ..                                       | ..                                       | ..
last 90 minutes                   | 2026-06-17 14:00 .. now                  | 2026-06-17 18:00 .. now                  | 2026-06-17 08:15 .. now                  | 2026-06-17 03:30 .. now
last 36 hours                     | 2026-06-16 03:30 .. now                  | 2026-06-16 07:30 .. now                  | 2026-06-15 21:45 .. now                  | 2026-06-15 17:00 .. now
last 3 days                       | 2026-06-14 00:00 .. now                  | 2026-06-14 04:00 .. now                  | 2026-06-13 18:15 .. now                  | 2026-06-13 13:30 .. now
last 3 rolling days               | 2026-06-14 15:30 .. now                  | 2026-06-14 19:30 .. now                  | 2026-06-14 09:45 .. now                  | 2026-06-14 05:00 .. now
last 2 weeks                      | 2026-06-03 00:00 .. now                  | 2026-06-03 04:00 .. now                  | 2026-06-02 18:15 .. now                  | 2026-06-02 13:30 .. now
last 2 rolling weeks              | 2026-06-03 15:30 .. now                  | 2026-06-03 19:30 .. now                  | 2026-06-03 09:45 .. now                  | 2026-06-03 05:00 .. now
last 4 months                     | 2026-02-17 00:00 .. now                  | 2026-02-17 05:00 .. now                  | 2026-02-16 18:15 .. now                  | 2026-02-16 13:00 .. now
last 2 years                      | 2024-06-17 00:00 .. now                  | 2024-06-17 04:00 .. now                  | 2024-06-16 18:15 .. now                  | 2024-06-16 13:30 .. now
more than 36 hours ago            | .. 2026-06-16 03:30                      | .. 2026-06-16 07:30                      | .. 2026-06-15 21:45                      | .. 2026-06-15 17:00
more than 3 days ago              | .. 2026-06-14 00:00                      | .. 2026-06-14 04:00                      | .. 2026-06-13 18:15                      | .. 2026-06-13 13:30
more than 3 rolling days ago      | .. 2026-06-14 15:30                      | .. 2026-06-14 19:30                      | .. 2026-06-14 09:45                      | .. 2026-06-14 05:00
more than 2 weeks ago             | .. 2026-06-03 00:00                      | .. 2026-06-03 04:00                      | .. 2026-06-02 18:15                      | .. 2026-06-02 13:30
more than 4 months ago            | .. 2026-02-17 00:00                      | .. 2026-02-17 05:00                      | .. 2026-02-16 18:15                      | .. 2026-02-16 13:00
more than 1 years ago             | .. 2025-06-17 00:00                      | .. 2025-06-17 04:00                      | .. 2025-06-16 18:15                      | .. 2025-06-16 13:30
between 1 and 24 hours ago        | 2026-06-16 15:30 .. 2026-06-17 14:30     | 2026-06-16 19:30 .. 2026-06-17 18:30     | 2026-06-16 09:45 .. 2026-06-17 08:45     | 2026-06-16 05:00 .. 2026-06-17 04:00
between 3 and 5 days ago          | 2026-06-12 00:00 .. 2026-06-15 00:00     | 2026-06-12 04:00 .. 2026-06-15 04:00     | 2026-06-11 18:15 .. 2026-06-14 18:15     | 2026-06-11 13:30 .. 2026-06-14 13:30
between 0 and 2 days ago          | 2026-06-15 00:00 .. now                  | 2026-06-15 04:00 .. now                  | 2026-06-14 18:15 .. now                  | 2026-06-14 13:30 .. now
between 1 and 2 weeks ago         | 2026-06-03 00:00 .. 2026-06-11 00:00     | 2026-06-03 04:00 .. 2026-06-11 04:00     | 2026-06-02 18:15 .. 2026-06-10 18:15     | 2026-06-02 13:30 .. 2026-06-10 13:30
between 1 and 4 months ago        | 2026-02-17 00:00 .. 2026-05-18 00:00     | 2026-02-17 05:00 .. 2026-05-18 04:00     | 2026-02-16 18:15 .. 2026-05-17 18:15     | 2026-02-16 13:00 .. 2026-05-17 13:30
between 1 and 2 years ago         | 2024-06-17 00:00 .. 2025-06-18 00:00     | 2024-06-17 04:00 .. 2025-06-18 04:00     | 2024-06-16 18:15 .. 2025-06-17 18:15     | 2024-06-16 13:30 .. 2025-06-17 13:30
next 2 hours                      | now .. 2026-06-17 17:30                  | now .. 2026-06-17 21:30                  | now .. 2026-06-17 11:45                  | now .. 2026-06-17 07:00
next 3 days                       | now .. 2026-06-21 00:00                  | now .. 2026-06-21 04:00                  | now .. 2026-06-20 18:15                  | now .. 2026-06-20 13:30
next 1 weeks                      | now .. 2026-06-25 00:00                  | now .. 2026-06-25 04:00                  | now .. 2026-06-24 18:15                  | now .. 2026-06-24 13:30
next 5 months                     | now .. 2026-11-18 00:00                  | now .. 2026-11-18 05:00                  | now .. 2026-11-17 18:15                  | now .. 2026-11-17 13:00
next 1 years                      | now .. 2027-06-18 00:00                  | now .. 2027-06-18 04:00                  | now .. 2027-06-17 18:15                  | now .. 2027-06-17 13:30
this day                          | 2026-06-17 00:00 .. 2026-06-18 00:00     | 2026-06-17 04:00 .. 2026-06-18 04:00     | 2026-06-16 18:15 .. 2026-06-17 18:15     | 2026-06-16 13:30 .. 2026-06-17 13:30
this week                         | 2026-06-15 00:00 .. 2026-06-22 00:00     | 2026-06-15 04:00 .. 2026-06-22 04:00     | 2026-06-14 18:15 .. 2026-06-21 18:15     | 2026-06-14 13:30 .. 2026-06-21 13:30
this month                        | 2026-06-01 00:00 .. 2026-07-01 00:00     | 2026-06-01 04:00 .. 2026-07-01 04:00     | 2026-05-31 18:15 .. 2026-06-30 18:15     | 2026-05-31 13:30 .. 2026-06-30 13:30
this quarter                      | 2026-04-01 00:00 .. 2026-07-01 00:00     | 2026-04-01 04:00 .. 2026-07-01 04:00     | 2026-03-31 18:15 .. 2026-06-30 18:15     | 2026-03-31 13:00 .. 2026-06-30 13:30
this year                         | 2026-01-01 00:00 .. 2027-01-01 00:00     | 2026-01-01 05:00 .. 2027-01-01 05:00     | 2025-12-31 18:15 .. 2026-12-31 18:15     | 2025-12-31 13:00 .. 2026-12-31 13:00
previous day                      | 2026-06-16 00:00 .. 2026-06-17 00:00     | 2026-06-16 04:00 .. 2026-06-17 04:00     | 2026-06-15 18:15 .. 2026-06-16 18:15     | 2026-06-15 13:30 .. 2026-06-16 13:30
previous week                     | 2026-06-08 00:00 .. 2026-06-15 00:00     | 2026-06-08 04:00 .. 2026-06-15 04:00     | 2026-06-07 18:15 .. 2026-06-14 18:15     | 2026-06-07 13:30 .. 2026-06-14 13:30
previous month                    | 2026-05-01 00:00 .. 2026-06-01 00:00     | 2026-05-01 04:00 .. 2026-06-01 04:00     | 2026-04-30 18:15 .. 2026-05-31 18:15     | 2026-04-30 13:30 .. 2026-05-31 13:30
previous quarter                  | 2026-01-01 00:00 .. 2026-04-01 00:00     | 2026-01-01 05:00 .. 2026-04-01 04:00     | 2025-12-31 18:15 .. 2026-03-31 18:15     | 2025-12-31 13:00 .. 2026-03-31 13:00
previous year                     | 2025-01-01 00:00 .. 2026-01-01 00:00     | 2025-01-01 05:00 .. 2026-01-01 05:00     | 2024-12-31 18:15 .. 2025-12-31 18:15     | 2024-12-31 13:00 .. 2025-12-31 13:00
on 2026-06-16                     | 2026-06-16 00:00 .. 2026-06-17 00:00     | 2026-06-16 04:00 .. 2026-06-17 04:00     | 2026-06-15 18:15 .. 2026-06-16 18:15     | 2026-06-15 13:30 .. 2026-06-16 13:30
before 2026-06-16                 | .. 2026-06-16 00:00                      | .. 2026-06-16 04:00                      | .. 2026-06-15 18:15                      | .. 2026-06-15 13:30
after 2026-06-16                  | 2026-06-17 00:00 ..                      | 2026-06-17 04:00 ..                      | 2026-06-16 18:15 ..                      | 2026-06-16 13:30 ..
since 2026-06-16                  | 2026-06-16 00:00 ..                      | 2026-06-16 04:00 ..                      | 2026-06-15 18:15 ..                      | 2026-06-15 13:30 ..
between 2026-03-08 and 2026-10-04 | 2026-03-08 00:00 .. 2026-10-05 00:00     | 2026-03-08 05:00 .. 2026-10-05 04:00     | 2026-03-07 18:15 .. 2026-10-04 18:15     | 2026-03-07 13:00 .. 2026-10-04 13:00
`;

/** Noon on the day on which the clocks change, and on the day after. */
const clockChanges = [
  {
    zone: 'America/New_York',
    day: '2026-03-08',
    what: 'the clocks go forward an hour, at 07:00 UTC',
    table: `
now                               | 2026-03-08 16:00                         | 2026-03-09 16:00
last 1 days                       | 2026-03-07 05:00 .. now                  | 2026-03-08 05:00 .. now
last 1 rolling days               | 2026-03-07 16:00 .. now                  | 2026-03-08 16:00 .. now
last 36 hours                     | 2026-03-07 04:00 .. now                  | 2026-03-08 04:00 .. now
last 1 weeks                      | 2026-03-01 05:00 .. now                  | 2026-03-02 05:00 .. now
more than 1 days ago              | .. 2026-03-07 05:00                      | .. 2026-03-08 05:00
between 1 and 2 days ago          | 2026-03-06 05:00 .. 2026-03-08 05:00     | 2026-03-07 05:00 .. 2026-03-09 04:00
next 1 days                       | now .. 2026-03-10 04:00                  | now .. 2026-03-11 04:00
this day                          | 2026-03-08 05:00 .. 2026-03-09 04:00     | 2026-03-09 04:00 .. 2026-03-10 04:00
previous day                      | 2026-03-07 05:00 .. 2026-03-08 05:00     | 2026-03-08 05:00 .. 2026-03-09 04:00
on 2026-03-08                     | 2026-03-08 05:00 .. 2026-03-09 04:00     | 2026-03-08 05:00 .. 2026-03-09 04:00
before 2026-03-08                 | .. 2026-03-08 05:00                      | .. 2026-03-08 05:00
after 2026-03-08                  | 2026-03-09 04:00 ..                      | 2026-03-09 04:00 ..
`,
  },
  {
    zone: 'America/New_York',
    day: '2026-11-01',
    what: 'the clocks go back an hour, at 06:00 UTC',
    table: `
now                               | 2026-11-01 17:00                         | 2026-11-02 17:00
last 1 days                       | 2026-10-31 04:00 .. now                  | 2026-11-01 04:00 .. now
last 1 rolling days               | 2026-10-31 17:00 .. now                  | 2026-11-01 17:00 .. now
last 36 hours                     | 2026-10-31 05:00 .. now                  | 2026-11-01 05:00 .. now
last 1 weeks                      | 2026-10-25 04:00 .. now                  | 2026-10-26 04:00 .. now
more than 1 days ago              | .. 2026-10-31 04:00                      | .. 2026-11-01 04:00
between 1 and 2 days ago          | 2026-10-30 04:00 .. 2026-11-01 04:00     | 2026-10-31 04:00 .. 2026-11-02 05:00
next 1 days                       | now .. 2026-11-03 05:00                  | now .. 2026-11-04 05:00
this day                          | 2026-11-01 04:00 .. 2026-11-02 05:00     | 2026-11-02 05:00 .. 2026-11-03 05:00
previous day                      | 2026-10-31 04:00 .. 2026-11-01 04:00     | 2026-11-01 04:00 .. 2026-11-02 05:00
on 2026-11-01                     | 2026-11-01 04:00 .. 2026-11-02 05:00     | 2026-11-01 04:00 .. 2026-11-02 05:00
before 2026-11-01                 | .. 2026-11-01 04:00                      | .. 2026-11-01 04:00
after 2026-11-01                  | 2026-11-02 05:00 ..                      | 2026-11-02 05:00 ..
`,
  },
  {
    zone: 'Australia/Lord_Howe',
    day: '2026-04-05',
    what: 'the clocks go back half an hour, at 15:00 UTC of the day before',
    table: `
now                               | 2026-04-05 01:30                         | 2026-04-06 01:30
last 1 days                       | 2026-04-03 13:00 .. now                  | 2026-04-04 13:00 .. now
last 1 rolling days               | 2026-04-04 01:30 .. now                  | 2026-04-05 01:30 .. now
last 36 hours                     | 2026-04-03 13:30 .. now                  | 2026-04-04 13:30 .. now
last 1 weeks                      | 2026-03-28 13:00 .. now                  | 2026-03-29 13:00 .. now
more than 1 days ago              | .. 2026-04-03 13:00                      | .. 2026-04-04 13:00
between 1 and 2 days ago          | 2026-04-02 13:00 .. 2026-04-04 13:00     | 2026-04-03 13:00 .. 2026-04-05 13:30
next 1 days                       | now .. 2026-04-06 13:30                  | now .. 2026-04-07 13:30
this day                          | 2026-04-04 13:00 .. 2026-04-05 13:30     | 2026-04-05 13:30 .. 2026-04-06 13:30
previous day                      | 2026-04-03 13:00 .. 2026-04-04 13:00     | 2026-04-04 13:00 .. 2026-04-05 13:30
on 2026-04-05                     | 2026-04-04 13:00 .. 2026-04-05 13:30     | 2026-04-04 13:00 .. 2026-04-05 13:30
before 2026-04-05                 | .. 2026-04-04 13:00                      | .. 2026-04-04 13:00
after 2026-04-05                  | 2026-04-05 13:30 ..                      | 2026-04-05 13:30 ..
`,
  },
  {
    zone: 'Australia/Lord_Howe',
    day: '2026-10-04',
    what: 'the clocks go forward half an hour, at 15:30 UTC of the day before',
    table: `
now                               | 2026-10-04 01:00                         | 2026-10-05 01:00
last 1 days                       | 2026-10-02 13:30 .. now                  | 2026-10-03 13:30 .. now
last 1 rolling days               | 2026-10-03 01:00 .. now                  | 2026-10-04 01:00 .. now
last 36 hours                     | 2026-10-02 13:00 .. now                  | 2026-10-03 13:00 .. now
last 1 weeks                      | 2026-09-26 13:30 .. now                  | 2026-09-27 13:30 .. now
more than 1 days ago              | .. 2026-10-02 13:30                      | .. 2026-10-03 13:30
between 1 and 2 days ago          | 2026-10-01 13:30 .. 2026-10-03 13:30     | 2026-10-02 13:30 .. 2026-10-04 13:00
next 1 days                       | now .. 2026-10-05 13:00                  | now .. 2026-10-06 13:00
this day                          | 2026-10-03 13:30 .. 2026-10-04 13:00     | 2026-10-04 13:00 .. 2026-10-05 13:00
previous day                      | 2026-10-02 13:30 .. 2026-10-03 13:30     | 2026-10-03 13:30 .. 2026-10-04 13:00
on 2026-10-04                     | 2026-10-03 13:30 .. 2026-10-04 13:00     | 2026-10-03 13:30 .. 2026-10-04 13:00
before 2026-10-04                 | .. 2026-10-03 13:30                      | .. 2026-10-03 13:30
after 2026-10-04                  | 2026-10-04 13:00 ..                      | 2026-10-04 13:00 ..
`,
  },
];

/** The window that a row of a table names. */
function windowOf(words: string): Window {
  const [a = '', b = '', c = '', d = '', e = ''] = words.replace(' rolling', '').split(' ');
  const mode = words.includes('rolling') ? ({ mode: 'rolling' } as const) : {};
  const length = (amount: string, unit: string) => ({ amount: Number(amount), unit: unit as LengthUnit, ...mode });
  switch (a) {
    case 'ever':
      return { type: 'ever' };
    case 'last':
    case 'next':
      return { type: a, ...length(b, c) };
    case 'more':
      return { type: 'moreThanAgo', ...length(c, d) };
    case 'this':
    case 'previous':
      return { type: a, unit: b as PeriodUnit };
    case 'on':
    case 'before':
    case 'after':
    case 'since':
      return { type: a, date: b };
    case 'between':
      if (e === '') return { type: 'between', from: b, to: d };
      return { type: 'betweenAgo', from: Number(b), to: Number(d), unit: e as LengthUnit, ...mode };
    default:
      throw new Error(`No window is called "${words}"`);
  }
}

interface Expected {
  readonly words: string;
  /** The column's head and its range: `from .. to`, each end an instant, `now` or open. */
  readonly column: string;
  readonly now: string;
  readonly range: string;
}

/** The cells of a table whose first row, after the heads if it has any, says now. */
function cellsOf(table: string, heads?: readonly string[]): Expected[] {
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  const [, ...columns] = heads ? ['', ...heads] : (rows.shift() ?? []);
  const [, ...nows] = rows.shift() ?? [];
  return rows.flatMap(([words = '', ...ranges]) =>
    columns.map((column, i) => ({ words, column, now: nows[i] ?? '', range: ranges[i] ?? '' })),
  );
}

const instantOf = (utc: string): number => Date.parse(`${utc.replace(' ', 'T')}:00Z`);
const textOf = (instant: number): string => new Date(instant).toISOString().slice(0, 16).replace('T', ' ');

/** A range as the tables write it. */
function rangeText(window: Window, now: number, zone: string): string {
  const { from, to } = instantRange(window, { now, zone });
  const end = (instant: number | null) => (instant === null ? '' : instant === now ? 'now' : textOf(instant));
  return `${end(from)} .. ${end(to)}`.trim();
}

describe('with today 17 June', () => {
  it.each(cellsOf(june))('$column: $words', ({ words, column, now, range }) => {
    expect(rangeText(windowOf(words), instantOf(now), column)).toBe(range);
  });

  it('there is a row for every type of window and every unit', () => {
    const windows = cellsOf(june).map(({ words }) => windowSchema.parse(windowOf(words)));
    expect(new Set(windows.map(({ type }) => type)).size).toBe(windowSchema.options.length);
    const units = new Set(windows.flatMap((window) => ('unit' in window ? [window.unit] : [])));
    expect(units).toEqual(
      new Set(['minutes', 'hours', 'days', 'weeks', 'months', 'years', 'day', 'week', 'month', 'quarter', 'year']),
    );
  });
});

describe.each(clockChanges)('in $zone, where $what', ({ zone, day, table }) => {
  const cells = cellsOf(table, [`on ${day}`, 'the day after']);
  it.each(cells)('$column: $words', ({ words, now, range }) => {
    expect(rangeText(windowOf(words), instantOf(now), zone)).toBe(range);
  });
});
