import type { CustomerEvent, CustomerId } from '@mini-crm/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { emptyRollups } from '../customers/customer.mapping.ts';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';

let scratch: TestDatabase;
let database: Database;
const now = new Date('2026-11-22T10:00:00Z');
const origin = { source: 'import', now };

beforeAll(async () => {
  scratch = await testDatabase();
  database = await connect(scratch.uri, { dbName: scratch.name });
  await database.prepare();
});
afterEach(() => scratch.clear());
afterAll(async () => {
  await database.close();
  await scratch.close();
});

const orgId = newId('organization');
const own = () => database.forOrganization(orgId);

async function customer(): Promise<CustomerId> {
  const id = newId('customer');
  const fields = { externalId: id, email: null, phone: null, firstName: null, lastName: null };
  const added = await own().customers.insert(
    { id, fields: { ...fields, timeZone: null, locale: null }, attributes: {}, consents: {} },
    now,
  );
  expect(added.ok).toBe(true);
  return id;
}

const order = (customerId: CustomerId, eventId: string, rest: Partial<CustomerEvent> = {}): CustomerEvent => ({
  eventId,
  customerId,
  type: 'order',
  at: new Date('2026-01-01T00:00:00Z'),
  currency: 'USD',
  total: 1000,
  lines: [],
  properties: {},
  ...rest,
});

test('the same event again is a no-op, another body under its id is a clash', async () => {
  const ada = await customer();
  const first = [order(ada, '1'), order(ada, '2', { properties: { a: 1, b: 'x' } }), order(ada, '1', { total: 1 })];
  expect(await own().events.insertMany(first, origin)).toEqual(['inserted', 'inserted', 'clash']);
  const again = [order(ada, '1'), order(ada, '2', { properties: { b: 'x', a: 1 } }), order(ada, '3')];
  expect(await own().events.insertMany(again, { ...origin, now: new Date() })).toEqual(['same', 'same', 'inserted']);
  expect(await own().events.insertMany([order(newId('customer'), '3')], origin)).toEqual(['clash']);
  const stored = await own().events.ofCustomer(ada, { after: null, limit: 5 });
  expect(stored.map(({ eventId, total }) => [eventId, total])).toContainEqual(['1', 1000]);
});

test('another organization has event ids of its own', async () => {
  const ada = await customer();
  await own().events.insertMany([order(ada, '1')], origin);
  const other = database.forOrganization(newId('organization'));
  expect(await other.events.insertMany([order(newId('customer'), '1', { total: 5 })], origin)).toEqual(['inserted']);
});

test('roll-ups are recomputed from orders and refunds, and come out the same when repeated', async () => {
  const [ada, bob] = [await customer(), await customer()];
  const late = new Date('2026-03-01T00:00:00Z');
  await own().events.insertMany(
    [
      order(ada, '1'),
      order(ada, '2', { at: late, total: 0 }),
      order(ada, '3', { currency: 'EUR', total: 7777 }),
      order(ada, '4', { type: 'refund', total: -400, at: new Date('2026-04-01T00:00:00Z') }),
      order(ada, '5', { type: 'call', currency: null, total: null, at: new Date('2026-05-01T00:00:00Z') }),
    ],
    origin,
  );
  for (let times = 0; times < 2; times++) await own().recomputeRollups([ada, bob, ada], 'USD');
  const after = await own().customers.get(ada);
  expect(after?.rollups).toEqual({
    orderCount: 3,
    revenue: 600,
    firstOrderAt: new Date('2026-01-01T00:00:00Z'),
    lastOrderAt: late,
  });
  expect(after?.version).toBe(1);
  expect((await own().customers.get(bob))?.rollups).toEqual(emptyRollups);
});

test('many recomputations at once end at what the events say', async () => {
  const ada = await customer();
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      await own().events.insertMany([order(ada, `${index}`, { total: 100 })], origin);
      await own().recomputeRollups([ada], 'USD');
    }),
  );
  expect((await own().customers.get(ada))?.rollups).toMatchObject({ orderCount: 12, revenue: 1200 });
});

test('a timeline reads newest first, over ties, from a position on', async () => {
  const ada = await customer();
  const at = new Date('2026-01-05T00:00:00Z');
  await own().events.insertMany(
    [
      order(ada, 'c', { at }),
      order(ada, 'a', { at }),
      order(ada, 'b', { at, type: 'note' }),
      order(ada, 'z', { at: new Date('2026-01-06T00:00:00Z') }),
      order(ada, 'y', { at: new Date('2026-01-01T00:00:00Z') }),
    ],
    origin,
  );
  const ids = async (page: Parameters<ReturnType<typeof own>['events']['ofCustomer']>[1]) =>
    (await own().events.ofCustomer(ada, page)).map(({ eventId }) => eventId);
  expect(await ids({ after: null, limit: 9 })).toEqual(['z', 'c', 'b', 'a', 'y']);
  expect(await ids({ after: null, types: ['order'], limit: 2 })).toEqual(['z', 'c']);
  expect(await ids({ after: { at, below: { id: `${orgId}:c` } }, limit: 9 })).toEqual(['b', 'a', 'y']);
  expect(await ids({ after: { at, below: 'all' }, limit: 9 })).toEqual(['c', 'b', 'a', 'y']);
  expect(await ids({ after: { at, below: 'none' }, limit: 9 })).toEqual(['y']);
});
