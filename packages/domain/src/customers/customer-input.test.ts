import { expect, test } from 'vitest';
import type { Attribute } from '../attributes/attribute.ts';
import { changeAttributes, checkIdentity, recordConsentSchema } from './customer-input.ts';

const catalogue: Attribute[] = [
  { slug: 'tier', label: 'Tier', type: 'enum', options: ['Gold', 'Silver'] },
  { slug: 'age', label: 'Age', type: 'number', options: [] },
];

test('a change of attributes replaces, takes away and leaves the rest', () => {
  const held = { tier: 'Gold', age: 30 };
  expect(changeAttributes(held, { age: null }, catalogue)).toEqual({ ok: true, value: { tier: 'Gold' } });
  expect(changeAttributes(held, { age: 31 }, catalogue)).toEqual({ ok: true, value: { tier: 'Gold', age: 31 } });
  expect(changeAttributes(held, {}, catalogue)).toEqual({ ok: true, value: held });
});

test('a value of another type, and an attribute that nobody knows, are refused with their path', () => {
  expect(changeAttributes({}, { age: '31' }, catalogue)).toMatchObject({
    ok: false,
    error: { code: 'attribute_value_invalid', path: ['attributes', 'age'] },
  });
  expect(changeAttributes({}, { tier: 'Bronze' }, catalogue)).toMatchObject({ ok: false });
  for (const slug of ['shoe', 'constructor', 'toString']) {
    expect(changeAttributes({}, { [slug]: 1 }, catalogue)).toMatchObject({
      ok: false,
      error: { code: 'attribute_unknown' },
    });
  }
});

test('a customer needs something to be told by', () => {
  const nobody = { externalId: null, email: null, phone: null };
  const rest = { firstName: 'Ada', lastName: null, timeZone: null, locale: null };
  expect(checkIdentity({ ...nobody, ...rest })).toMatchObject({ error: { code: 'customer_identity_missing' } });
  for (const one of [{ externalId: '1' }, { email: 'a@b.example' }, { phone: '+4366012345' }]) {
    expect(checkIdentity({ ...nobody, ...rest, ...one }).ok).toBe(true);
  }
});

test('a consent without its proof is refused', () => {
  const consent = { channel: 'email', state: 'granted', at: '2026-01-01T00:00:00Z' };
  expect(recordConsentSchema.safeParse({ ...consent, how: ' ' }).success).toBe(false);
  expect(recordConsentSchema.safeParse({ ...consent, how: 'by phone' }).success).toBe(true);
});
