import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeId } from '../ids/id.ts';
import { messageId } from './message-id.ts';
import { builtPageId, nextGroup, pageSequence, retryPageId } from './page.ts';
import { parseTrackingPayload, trackingPayload } from './tracking-token.ts';

const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
const message = fc.record({
  orgId: bytes.map((random) => makeId('organization', 1, random)),
  runId: bytes.map((random) => makeId('run', 2, random)),
  customerId: bytes.map((random) => makeId('customer', 3, random)),
});

test('a payload says which message it is for, and which link', () => {
  fc.assert(
    fc.property(message, fc.nat(46_655), (ids, link) => {
      expect(parseTrackingPayload('click', trackingPayload({ ...ids, link }))).toEqual({ ...ids, link });
      const plain = { ...ids, link: null };
      expect(parseTrackingPayload('open', trackingPayload(plain))).toEqual(plain);
      expect(parseTrackingPayload('click', trackingPayload(plain))).toBeNull();
      expect(parseTrackingPayload('unsubscribe', trackingPayload({ ...ids, link }))).toBeNull();
    }),
  );
});

test('what is no payload is nothing', () => {
  fc.assert(fc.property(fc.string(), (text) => parseTrackingPayload('open', text) === null));
});

test('a Message-ID has no character that could end its header', () => {
  const run = makeId('run', 1, new Uint8Array(16));
  const customer = makeId('customer', 1, new Uint8Array(16));
  expect(messageId(run, customer, 'Shop@Example.COM')).toBe(`${run}.${customer}@example.com`);
  fc.assert(
    fc.property(fc.string(), (from) => {
      expect(messageId(run, customer, from)).toMatch(/^[a-z0-9_.]+@[a-z0-9.-]+$/);
    }),
  );
});

test('groups follow each other without a gap and end with the page', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.integer({ min: 1, max: 40 }), (length, size) => {
      const customerIds = Array.from({ length });
      let mark = 0;
      for (let group = nextGroup({ mark, customerIds }, size); group; group = nextGroup({ mark, customerIds }, size)) {
        expect(group.from).toBe(mark);
        expect(group.to).toBeGreaterThan(mark);
        mark = group.to;
      }
      expect(mark).toBe(length);
    }),
  );
});

test('pages sort in the order in which they were built, retries behind them', () => {
  const run = makeId('run', 1, new Uint8Array(16));
  const ids = [retryPageId(run, 'a'), builtPageId(run, 10), builtPageId(run, 9)].sort();
  expect(ids).toEqual([builtPageId(run, 9), builtPageId(run, 10), retryPageId(run, 'a')]);
  expect(pageSequence(builtPageId(run, 42))).toBe(42);
  expect(() => pageSequence(retryPageId(run, 'a'))).toThrow();
});
