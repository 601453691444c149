import { expect, test } from 'vitest';
import { deliveryReasons, failureReasons, skipReasons, unknownReasons } from '../delivery/delivery.ts';
import { messageFilterSchema, stateOfReason } from './message-filter.ts';

test('every reason belongs to the state that it explains', () => {
  expect(skipReasons.map(stateOfReason).every((state) => state === 'skipped')).toBe(true);
  expect(failureReasons.map(stateOfReason).every((state) => state === 'failed')).toBe(true);
  expect(unknownReasons.map(stateOfReason).every((state) => state === 'unknown')).toBe(true);
  expect(deliveryReasons).toHaveLength(skipReasons.length + failureReasons.length + unknownReasons.length);
});

test('a filter refuses what it does not know, and a link without its campaign', () => {
  expect(messageFilterSchema.safeParse({ state: 'sent', address: 'a' }).success).toBe(true);
  expect(messageFilterSchema.safeParse({ state: 'lost' }).success).toBe(false);
  expect(messageFilterSchema.safeParse({ $where: '1' }).success).toBe(false);
  expect(messageFilterSchema.safeParse({ link: 1 }).success).toBe(false);
  expect(messageFilterSchema.safeParse({ from: '2026-11-01' }).success).toBe(false);
});
