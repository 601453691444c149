import { expect, test } from 'vitest';
import { plainValue } from './evidence-words.ts';

test.each([
  [true, 'yes'],
  [12.5, '12.5'],
  ['Rome', '“Rome”'],
  ['', 'empty'],
  ['2026-06-17', '17 Jun 2026'],
  ['2026-06-17T22:30:00.000Z', 'Thursday, 18 June 2026 at 00:30:00 CEST'],
  [{ amount: 1999, currency: 'EUR' }, '€19.99'],
  [[], 'an empty list'],
  [['a', 'b'], '“a”, “b”'],
])('%j is read as %s', (value, words) => {
  expect(plainValue(value, 'Europe/Rome', 'en-GB')).toBe(words);
});
