import { describe, expect, test } from 'vitest';
import type { Attribute } from '../attributes/attribute.ts';
import type { Customer } from '../customers/customer.ts';
import type { CustomerId } from '../ids/id.ts';
import { ok } from '../result.ts';
import { type CustomerItem, customerItemSchema } from './items.ts';
import { type KnownPeople, planUpserts } from './plan-upserts.ts';

const now = new Date('2026-11-22T10:00:00Z');
const id = (text: string) => text as CustomerId;

function customer(name: string, rest: Partial<Customer> = {}): Customer {
  return {
    id: id(name),
    externalId: name,
    email: `${name}@shop.example`,
    phone: null,
    firstName: null,
    lastName: null,
    timeZone: null,
    locale: null,
    attributes: {},
    consents: {},
    rollups: { orderCount: 0, revenue: 0, firstOrderAt: null, lastOrderAt: null },
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...rest,
  };
}

function plan(items: readonly CustomerItem[], known: Partial<KnownPeople> = {}) {
  let made = 0;
  const read = items.map((item) => ok(customerItemSchema.parse(item)));
  const nextId = () => id(`new${++made}`);
  const attributes: readonly Attribute[] = [
    { slug: 'tags', label: 'Tags', type: 'stringList', options: [] },
    { slug: 'born', label: 'Born', type: 'date', options: [] },
  ];
  const people = { customers: [], attributes, suppressions: () => [], ...known };
  return planUpserts(read, people, { now, source: 'Key', nextId });
}

describe('a batch of customers', () => {
  test('sees what its earlier items did', () => {
    const { outcomes, inserts } = plan([
      { externalId: 'a', email: 'A@shop.example' },
      { email: 'a@SHOP.example', firstName: 'Ann' },
      { externalId: 'b', email: 'a@shop.example' },
    ]);
    expect(outcomes).toEqual(['created', 'updated', { code: 'customer_identity_clash', path: ['externalId'] }]);
    expect(inserts).toMatchObject([
      { id: 'new1', fields: { externalId: 'a', email: 'A@shop.example', firstName: 'Ann' } },
    ]);
  });

  test('hands an address on that an earlier item gave up', () => {
    const customers = [customer('a'), customer('b')];
    const { updates } = plan(
      [
        { externalId: 'b', email: null },
        { externalId: 'a', email: 'b@shop.example' },
      ],
      { customers },
    );
    expect(updates.map(({ before, after }) => [before.id, after.fields.email])).toEqual([
      ['b', null],
      ['a', 'b@shop.example'],
    ]);
  });

  test('takes away what is null, leaves what is not named, and changes nothing where nothing differs', () => {
    const held = customer('a', {
      firstName: 'Ann',
      lastName: 'Lee',
      attributes: { tags: ['x', 'y'], born: '2000-02-29' },
    });
    const { updates } = plan([{ externalId: 'a', firstName: null, attributes: { born: null } }], { customers: [held] });
    expect(updates[0]?.after).toMatchObject({ fields: { firstName: null, lastName: 'Lee' } });
    expect(updates[0]?.after.attributes).toEqual({ tags: ['x', 'y'] });
    const same = plan(
      [{ externalId: 'a', email: 'A@Shop.Example', attributes: { tags: ['x', 'y'], born: '2000-02-29' } }],
      { customers: [held] },
    );
    expect([same.outcomes, same.updates]).toEqual([['unchanged'], []]);
  });

  test('a refused item changes nothing, not even its consent', () => {
    const consents = { email: { state: 'withdrawn', at: '2026-01-01T00:00:00Z', how: 'Form' } } as const;
    const { outcomes, updates, suppress } = plan([{ externalId: 'a', consents, attributes: { born: '2001-02-29' } }], {
      customers: [customer('a')],
    });
    expect(outcomes).toMatchObject([{ code: 'attribute_value_invalid', path: ['attributes', 'born'] }]);
    expect([updates, suppress]).toEqual([[], []]);
  });

  test('a withdrawal is the last word of its batch, unless somebody asked again after it', () => {
    const said = (state: 'granted' | 'withdrawn', at: string, renew = false) => ({
      externalId: 'a',
      consents: { email: { state, at, how: 'Form', renew } },
    });
    const unsubscribed = { scope: 'marketing', reason: 'unsubscribed', at: new Date('2026-01-02T00:00:00Z') } as const;
    const known = { customers: [customer('a')], suppressions: () => [unsubscribed] };
    const items = [
      said('granted', '2026-02-01T00:00:00Z', true),
      said('withdrawn', '2026-03-01T00:00:00Z'),
      said('granted', '2026-04-01T00:00:00Z'),
      said('granted', '2026-02-28T00:00:00Z', true),
    ];
    const { updates, suppress, lift, consentsKept } = plan(items, known);
    expect(updates[0]?.after.consents.email).toMatchObject({ state: 'withdrawn', source: 'Key' });
    const address = { channel: 'email', address: 'a@shop.example' };
    expect(suppress).toEqual([{ ...address, at: new Date('2026-03-01T00:00:00Z') }]);
    expect([lift, consentsKept]).toEqual([[], 2]);

    const asked = plan([...items, said('granted', '2026-04-02T00:00:00Z', true)], known);
    expect(asked.updates[0]?.after.consents.email).toMatchObject({ state: 'granted' });
    expect([asked.suppress, asked.lift]).toEqual([[], [{ ...address, at: new Date('2026-04-02T00:00:00Z') }]]);
  });
});
