import { describe, expect, test } from 'vitest';
import { instantReader, possibleDateOrders, readDate } from './read-date.ts';

test.each([
  ['2024-02-29', 'dmy', '2024-02-29'],
  ['2023-02-29', 'dmy', null],
  ['2024/2/9', 'mdy', '2024-02-09'],
  ['03/04/2024', 'dmy', '2024-04-03'],
  ['03/04/2024', 'mdy', '2024-03-04'],
  ['31.12.99', 'dmy', '1999-12-31'],
  ['1.2.69', 'dmy', '2069-02-01'],
  ['13/13/2024', 'dmy', null],
  ['3/4-2024', 'dmy', null],
  ['yesterday', 'dmy', null],
] as const)('reads %s as %s: %s', (text, order, date) => {
  expect(readDate(text, order)).toBe(date);
});

describe('an instant', () => {
  const berlin = instantReader('Europe/Berlin', 'dmy');
  test.each([
    ['2024-01-15', '2024-01-14T23:00:00.000Z'],
    ['2024-07-15', '2024-07-14T22:00:00.000Z'],
    ['2024-07-15 14:30', '2024-07-15T12:30:00.000Z'],
    ['2024-07-15T14:30:05.250', '2024-07-15T12:30:05.250Z'],
    ['2024-07-15T14:30:00Z', '2024-07-15T14:30:00.000Z'],
    ['2024-07-15T14:30:00+05:30', '2024-07-15T09:00:00.000Z'],
    ['2024-07-15 02:30 PM', '2024-07-15T12:30:00.000Z'],
    ['15.07.2024 12:05 am', '2024-07-14T22:05:00.000Z'],
    // The clocks jump from 2 to 3, and later show 2:30 twice: the next valid instant, the first of two.
    ['2024-03-31 02:30', '2024-03-31T01:00:00.000Z'],
    ['2024-10-27 02:30', '2024-10-27T00:30:00.000Z'],
  ])('%s in Berlin is %s', (text, instant) => {
    expect(new Date(berlin.read(text) ?? Number.NaN).toISOString()).toBe(instant);
  });

  test.each(['2024-07-15 25:00', '2024-07-15 13:00 PM', '2024-07-15 noon', '2024-07-15T', '20240715', 'x'])(
    '%s is none',
    (text) => {
      expect(berlin.read(text)).toBeNull();
    },
  );
});

test('a column says which orders of day and month it allows', () => {
  expect(possibleDateOrders(['01/02/2024', '03/04/2024'])).toEqual(['dmy', 'mdy']);
  expect(possibleDateOrders(['01/02/2024', '13/04/2024'])).toEqual(['dmy']);
  expect(possibleDateOrders(['01/02/2024', '03/14/2024 10:00'])).toEqual(['mdy']);
  expect(possibleDateOrders(['01/02/2024', 'soon'])).toEqual([]);
  expect(possibleDateOrders(['', ''])).toEqual([]);
});
