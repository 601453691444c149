import { expect, test } from 'vitest';
import { decideKey, idempotencyKeyPattern } from './idempotency.ts';

const now = new Date('2026-11-23T12:00:00Z');
const later = new Date('2026-11-23T12:00:20.500Z');
const inFlight = { digest: 'one', answer: null, until: later };
const answered = { digest: 'one', answer: { id: 'eml' }, until: later };

test('begins where nobody has the key', () => {
  expect(decideKey(null, 'one', now)).toEqual({ type: 'begin' });
});

test('begins over a request whose time is over, and over an answer that is kept no longer, whatever their body', () => {
  expect(decideKey(inFlight, 'one', later)).toEqual({ type: 'begin' });
  expect(decideKey(answered, 'other', later)).toEqual({ type: 'begin' });
});

test('says of a request that is on its way for how long it may be', () => {
  expect(decideKey(inFlight, 'one', now)).toEqual({ type: 'refuse', code: 'idempotency_in_flight', seconds: 21 });
});

test('answers the same request again as the first time', () => {
  expect(decideKey(answered, 'one', now)).toEqual({ type: 'replay', answer: { id: 'eml' } });
});

test('refuses another body under the same key, also while the first one is on its way', () => {
  const refused = { type: 'refuse', code: 'idempotency_key_reused' };
  expect(decideKey(answered, 'other', now)).toEqual(refused);
  expect(decideKey(inFlight, 'other', now)).toEqual(refused);
});

test('takes visible characters as a key, and neither blanks nor line breaks', () => {
  expect(['a', 'order-1042/receipt', 'x'.repeat(255)].every((key) => idempotencyKeyPattern.test(key))).toBe(true);
  expect(['', 'a b', 'a\r\nb', 'ä', 'x'.repeat(256)].some((key) => idempotencyKeyPattern.test(key))).toBe(false);
});
