import { expect, test } from 'vitest';
import { deliveryReasons } from './delivery.ts';
import { sendAgainKindOf, sendAgainReasons } from './send-again.ts';

test('who has the message, does not want it or has no mailbox is never sent it again', () => {
  expect(sendAgainKindOf('sent', null)).toBeNull();
  for (const reason of ['no_consent', 'suppressed', 'customer_removed', 'no_address'] as const) {
    expect(sendAgainKindOf('skipped', reason)).toBeNull();
  }
  expect(sendAgainKindOf('failed', 'address_unknown')).toBeNull();
});

test('what passes and what was called off is missed; what nobody knows is unsure', () => {
  expect(sendAgainKindOf('failed', 'retries_exhausted')).toBe('missed');
  expect(sendAgainKindOf('skipped', 'cancelled')).toBe('missed');
  expect(sendAgainKindOf('unknown', 'interrupted')).toBe('unsure');
  expect(sendAgainKindOf('unknown', null)).toBe('unsure');
});

test('no reason is of two kinds', () => {
  const all = [...sendAgainReasons('missed'), ...sendAgainReasons('unsure')];
  expect(new Set(all).size).toBe(all.length);
  expect(all.every((reason) => deliveryReasons.includes(reason))).toBe(true);
});
