import { describe, expect, test } from 'vitest';
import type { Consent } from '../customers/customer.ts';
import { decideHandOver } from './hand-over.ts';

const consent = (state: Consent['state']): Consent => ({ state, at: new Date(0), how: 'shop', source: 'test' });
const ann = { email: 'Ann@example.com', phone: null, consents: { email: consent('granted') } };
const marketing = (customer: Parameters<typeof decideHandOver>[0], suppression?: 'marketing' | 'all') =>
  decideHandOver(customer, suppression, 'marketing', 'email');

describe('a marketing message', () => {
  test('goes to who consented', () => expect(marketing(ann)).toEqual({ type: 'send', address: 'Ann@example.com' }));
  test.each([
    ['who was deleted', null, undefined, 'customer_removed'],
    ['without an address', { ...ann, email: null }, undefined, 'no_address'],
    ['with an empty address', { ...ann, email: '' }, undefined, 'no_address'],
    ['without a consent', { ...ann, consents: {} }, undefined, 'no_consent'],
    ['who withdrew the consent', { ...ann, consents: { email: consent('withdrawn') } }, undefined, 'no_consent'],
    ['who consented to another channel', { ...ann, consents: { sms: consent('granted') } }, undefined, 'no_consent'],
    ['whose address is suppressed for marketing', ann, 'marketing', 'suppressed'],
    ['whose address is suppressed for all', ann, 'all', 'suppressed'],
  ] as const)('skips somebody %s', (_who, customer, suppression, reason) =>
    expect(marketing(customer, suppression)).toMatchObject({ type: 'skip', reason }),
  );
  test('fails for an address that is none', () =>
    expect(marketing({ ...ann, email: 'a b@example\r\n.com' })).toMatchObject({
      type: 'fail',
      reason: 'address_invalid',
    }));
});

describe('within quiet hours', () => {
  const until = new Date('2026-11-24T07:00:00Z');
  const decide = (customer: typeof ann | null, purpose: 'marketing' | 'service') =>
    decideHandOver(customer, undefined, purpose, 'email', until);
  test('marketing waits for their end', () =>
    expect(decide(ann, 'marketing')).toEqual({ type: 'defer', reason: 'quiet_hours', until, address: ann.email }));
  test('a service message does not', () => expect(decide(ann, 'service').type).toBe('send'));
  test('who gets nothing anyway is not kept waiting for it', () => expect(decide(null, 'marketing').type).toBe('skip'));
});

describe('a service message', () => {
  const service = (suppression?: 'marketing' | 'all') =>
    decideHandOver({ ...ann, consents: {} }, suppression, 'service', 'email').type;
  test('needs no consent', () => expect(service()).toBe('send'));
  test('goes to who unsubscribed from marketing', () => expect(service('marketing')).toBe('send'));
  test('stops where every message is suppressed', () => expect(service('all')).toBe('skip'));
});
