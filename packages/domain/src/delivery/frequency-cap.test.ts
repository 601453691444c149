import { expect, test } from 'vitest';
import { capSince, decideCap } from './frequency-cap.ts';

const cap = { messages: 2, days: 7 };

test.each([
  ['nothing', [], [], 'send'],
  ['room for one more', ['a'], [], 'send'],
  ['as many as may be', ['a', 'b'], [], 'skip'],
  ['one sent and one on its way', ['a'], ['b'], 'wait'],
  ['two on their way', [], ['a', 'b'], 'wait'],
  ['one that is on its way and in the log by now', ['a'], ['a'], 'send'],
  ['more than may be', ['a', 'b', 'c'], ['d'], 'skip'],
] as const)('%s: %s', (_what, counted, ahead, decision) => {
  expect(decideCap(cap, { counted, ahead })).toBe(decision);
});

test.each([
  ['one day is today', 1, 'Europe/Berlin', '2026-11-22T23:00:00.000Z'],
  ['seven days of somebody’s calendar', 7, 'Asia/Tokyo', '2026-11-16T15:00:00.000Z'],
  ['with a change of the clocks among them', 30, 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
])('%s', (_what, days, zone, since) => {
  expect(capSince({ messages: 1, days }, zone, new Date('2026-11-23T12:00:00Z')).toISOString()).toBe(since);
});
