import { expect, it } from 'vitest';
import { aCustomer } from '../testing/build.ts';
import { customerFacts } from './partial-facts.ts';

it('of nobody in particular are all missing or empty', () => {
  expect(customerFacts({})).toEqual(aCustomer({ id: '' }));
});

it('fill in events, lines, messages and consents', () => {
  const facts = customerFacts({
    createdAt: '2026-06-01T02:00:00+02:00',
    consents: { email: 'granted' },
    events: [{ type: 'order', at: '2026-06-02T00:00:00Z', total: 500, currency: 'USD', lines: [{ productId: 'p1' }] }],
    deliveries: [{ campaignId: 'cmp_00000000000000000000000000' as never, at: new Date(5) }],
  });
  expect(facts.createdAt).toEqual(new Date(Date.UTC(2026, 5, 1)));
  expect(facts.consents.email?.state).toBe('granted');
  expect(facts.consents.sms).toBeUndefined();
  expect(facts.events).toEqual([
    {
      eventId: '1',
      type: 'order',
      at: new Date(Date.UTC(2026, 5, 2)),
      currency: 'USD',
      total: 500,
      lines: [{ productId: 'p1', name: null, category: null, quantity: 1, price: null }],
      properties: {},
    },
  ]);
  expect(facts.deliveries[0]).toMatchObject({ state: 'sent', at: new Date(5) });
});

it.each(['2026-06-17', '2026-06-17T10:00:00', 'yesterday', new Date(Number.NaN)])('refuse the instant %s', (at) => {
  expect(() => customerFacts({ events: [{ type: 'order', at }] })).toThrow(RangeError);
});
