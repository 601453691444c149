import { expect, test } from 'vitest';
import type { CustomerId } from '../ids/id.ts';
import { err, ok } from '../result.ts';
import { orderEventId, planOrders } from './plan-orders.ts';
import type { OrderRow } from './read-order-row.ts';

const order: OrderRow = {
  orderId: '7',
  customerExternalId: '1',
  customerEmail: null,
  at: new Date('2026-01-01T00:00:00Z'),
  currency: 'USD',
  total: 1000,
  lines: [],
  properties: {},
};
const known = {
  byExternalId: new Map([['1', 'cus_a' as CustomerId]]),
  byEmail: new Map([['b@x.io', 'cus_b' as CustomerId]]),
  digests: new Map<string, string>(),
};
const digestOf = (event: { total: number | null }) => String(event.total);
const plan = (rows: OrderRow[], stored = new Map<string, string>()) =>
  planOrders(
    rows.map((row) => ok({ row, eventId: orderEventId(row, 'key', 1) })),
    { ...known, digests: stored },
    digestOf,
  );

test('an order is new, there already, or another one under the same id', () => {
  expect(plan([order]).outcomes).toEqual(['created']);
  expect(plan([order], new Map([['7', '1000']])).outcomes).toEqual(['unchanged']);
  expect(plan([order], new Map([['7', '999']])).outcomes).toEqual([{ code: 'order_differs' }]);
  expect(plan([order, order, { ...order, total: 1 }]).outcomes).toEqual([
    'created',
    'unchanged',
    { code: 'order_differs' },
  ]);
});

test('money that went back is a refund beside its order', () => {
  const { inserts } = plan([order, { ...order, total: -1000 }]);
  expect(inserts.map(({ event }) => [event.type, event.eventId, event.total])).toEqual([
    ['order', '7', 1000],
    ['refund', 'refund:7', -1000],
  ]);
});

test('a customer is found by id or by folded address, and refused where there is none or where there are two', () => {
  expect(plan([{ ...order, customerExternalId: null, customerEmail: 'B@x.io' }]).inserts[0]?.event.customerId).toBe(
    'cus_b',
  );
  expect(plan([{ ...order, customerExternalId: '9' }]).outcomes).toEqual([{ code: 'customer_unknown' }]);
  expect(plan([{ ...order, customerEmail: 'b@x.io' }]).outcomes).toEqual([{ code: 'customer_ambiguous' }]);
});

test('a row that could not be read keeps its reason', () => {
  expect(planOrders([err({ code: 'date_invalid' })], known, digestOf).outcomes).toEqual([{ code: 'date_invalid' }]);
});

test('without an order id the content and its number name the order', () => {
  expect(orderEventId({ ...order, orderId: null }, 'abc', 2)).toBe('row:abc:2');
});
