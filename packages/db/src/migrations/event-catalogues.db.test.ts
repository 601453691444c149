import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { eventCatalogues } from './event-catalogues.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('what events carry is read once into a catalogue of each organization', async () => {
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const event = (_id: string, type: string, properties: object, day: number, orgId = 'org_a', source = 'import') => ({
    _id,
    orgId,
    type,
    properties,
    createdAt: at(day),
    source,
  });
  await database.db
    .collection<{ _id: string }>('events')
    .insertMany([
      event('1', 'order', { coupon: 'A', size: 1.5, gift: true, due: at(9) }, 1),
      event('2', 'order', { coupon: 'B', size: 'XL' }, 5),
      event('3', 'refund', { size: 2, coupon: 'A' }, 3),
      event('4', 'order', { shipping: 'express' }, 4, 'org_a', 'demo'),
      event('5', 'note', { text: 'Hello' }, 2, 'org_b', 'demo'),
    ]);
  await eventCatalogues.up(database.db);
  await eventCatalogues.up(database.db);
  const found = await database.db.collection<{ _id: string }>('eventTypes').find().sort({ _id: 1 }).toArray();
  expect(found).toMatchObject([
    {
      _id: 'org_a',
      orgId: 'org_a',
      version: 1,
      types: [
        { type: 'order', firstSeenAt: at(1), lastSeenAt: at(5) },
        { type: 'refund', firstSeenAt: at(3), lastSeenAt: at(3) },
      ],
    },
    { _id: 'org_b', types: [{ type: 'note', demo: true }], properties: [{ name: 'text', demo: true }] },
  ]);
  const { properties } = found[0] as unknown as { properties: { name: string }[] };
  expect(properties.sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
    { name: 'coupon', type: 'string', label: null, eventTypes: ['order', 'refund'] },
    { name: 'due', type: 'datetime', label: null, eventTypes: ['order'] },
    { name: 'gift', type: 'boolean', label: null, eventTypes: ['order'] },
    { name: 'shipping', type: 'string', label: null, eventTypes: ['order'], demo: true },
    { name: 'size', type: 'number', label: null, eventTypes: ['order', 'refund'] },
  ]);
});
