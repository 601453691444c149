import { describe, expect, test } from 'vitest';
import type { Consents, Customer } from '../customers/customer.ts';
import type { CustomerId } from '../ids/id.ts';
import { err, ok } from '../result.ts';
import { planCustomers } from './plan-customers.ts';
import type { CustomerRow } from './read-customer-row.ts';

const at = new Date('2026-01-01T00:00:00Z');

function customer(id: string, known: Partial<Customer> = {}): Customer {
  return {
    id: id as CustomerId,
    externalId: null,
    email: null,
    phone: null,
    firstName: null,
    lastName: null,
    timeZone: null,
    locale: null,
    attributes: {},
    consents: {},
    rollups: { orderCount: 0, revenue: 0, firstOrderAt: null, lastOrderAt: null },
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...known,
  };
}

const row = (fields: CustomerRow['fields'], attributes: CustomerRow['attributes'] = {}) => ok({ fields, attributes });
const granted = { channel: 'email', consent: { state: 'granted', at, how: 'shop', source: 'import' } } as const;

function plan(
  rows: Parameters<typeof planCustomers>[0],
  customers: Customer[] = [],
  more: { offered?: typeof granted; suppressed?: string[] } = {},
) {
  let next = 0;
  const known = { customers, suppressed: new Set(more.suppressed) };
  return planCustomers(rows, known, more.offered ?? null, () => `cus_new${++next}` as CustomerId);
}

describe('a row means', () => {
  test('the customer of its external id, whatever the address', () => {
    const { outcomes, updates } = plan(
      [row({ externalId: '1', email: 'new@x.io' })],
      [customer('a', { externalId: '1', email: 'old@x.io' })],
    );
    expect(outcomes).toEqual(['updated']);
    expect(updates[0]?.after.fields).toMatchObject({ externalId: '1', email: 'new@x.io' });
  });

  test('else the customer of its address in any case, who then gets the external id', () => {
    const { outcomes, updates } = plan(
      [row({ externalId: '1', email: 'ADA@x.io' })],
      [customer('a', { email: 'ada@x.io' })],
    );
    expect(outcomes).toEqual(['updated']);
    expect(updates[0]?.after.fields).toMatchObject({ externalId: '1', email: 'ada@x.io' });
  });

  test('else a new one', () => {
    expect(plan([row({ externalId: '1' })])).toMatchObject({ outcomes: ['created'], inserts: [{ id: 'cus_new1' }] });
  });

  test('nobody where its id and its address are two people', () => {
    const { outcomes } = plan(
      [row({ externalId: '1', email: 'b@x.io' })],
      [customer('a', { externalId: '1' }), customer('b', { email: 'b@x.io' })],
    );
    expect(outcomes).toEqual([{ code: 'customer_identity_clash' }]);
  });

  test('nobody where its address is of somebody with another id', () => {
    const { outcomes } = plan(
      [row({ externalId: '2', email: 'a@x.io' })],
      [customer('a', { externalId: '1', email: 'a@x.io' })],
    );
    expect(outcomes).toEqual([{ code: 'customer_identity_clash' }]);
  });
});

describe('within a batch', () => {
  test('a second row about a new customer adds to the first', () => {
    const { outcomes, inserts } = plan([
      row({ externalId: '1', firstName: 'Ada' }),
      row({ externalId: '1', email: 'a@x.io' }),
      row({ email: 'A@x.io' }),
    ]);
    expect(outcomes).toEqual(['created', 'updated', 'unchanged']);
    expect(inserts).toHaveLength(1);
    expect(inserts[0]?.fields).toMatchObject({ externalId: '1', firstName: 'Ada', email: 'a@x.io' });
  });

  test('an address goes on to another customer only after it was given up', () => {
    const { updates } = plan(
      [row({ externalId: '1', email: 'new@x.io' }), row({ externalId: '2', email: 'one@x.io' })],
      [customer('b', { externalId: '2', email: 'two@x.io' }), customer('a', { externalId: '1', email: 'one@x.io' })],
    );
    expect(updates.map(({ before }) => before.id)).toEqual(['a', 'b']);
  });

  test('rows that undo each other change nothing', () => {
    const { outcomes, updates } = plan(
      [row({ externalId: '1', firstName: 'Bob' }), row({ externalId: '1', firstName: 'Ada' })],
      [customer('a', { externalId: '1', firstName: 'Ada' })],
    );
    expect(outcomes).toEqual(['unchanged', 'unchanged']);
    expect(updates).toEqual([]);
  });

  test('a refused row leaves the others alone', () => {
    const { outcomes } = plan([err({ code: 'email_invalid' as const }), row({ externalId: '1' })]);
    expect(outcomes).toEqual([{ code: 'email_invalid' }, 'created']);
  });
});

test('values that are equal are no change, of every type', () => {
  const attributes = { a: 'x', n: 1.5, b: false, at, money: { amount: 1, currency: 'USD' }, list: ['a', 'b'] };
  const copy = { ...attributes, at: new Date(at), money: { ...attributes.money }, list: [...attributes.list] };
  const { outcomes } = plan([row({ externalId: '1' }, copy)], [customer('a', { externalId: '1', attributes })]);
  expect(outcomes).toEqual(['unchanged']);
});

describe('consent from the basis of a file', () => {
  const withdrawn: Consents = { email: { state: 'withdrawn', at, how: 'link', source: 'unsubscribe' } };
  const earlier: Consents = { email: { state: 'granted', at, how: 'form', source: 'user' } };

  test('is given where none is known', () => {
    const { updates } = plan([row({ email: 'a@x.io' })], [customer('a', { email: 'a@x.io' })], { offered: granted });
    expect(updates[0]?.after.consents.email).toEqual(granted.consent);
  });

  test.each([
    ['a withdrawal', withdrawn, [], 1],
    ['the proof of an earlier consent', earlier, [], 0],
    ['a suppressed address', {}, ['a@x.io'], 1],
  ])('keeps %s as it is', (_, consents, suppressed, kept) => {
    const { outcomes, consentsKept } = plan(
      [row({ email: 'A@x.io' })],
      [customer('a', { email: 'a@x.io', consents })],
      {
        offered: granted,
        suppressed,
      },
    );
    expect(outcomes).toEqual(['unchanged']);
    expect(consentsKept).toBe(kept);
  });

  test('is not given to somebody without an address', () => {
    expect(plan([row({ externalId: '1' })], [], { offered: granted }).inserts[0]?.consents).toEqual({});
  });
});
