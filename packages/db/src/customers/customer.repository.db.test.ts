import type { Consent, Customer, CustomerFields, OrganizationId } from '@mini-crm/domain';
import { makeId } from '@mini-crm/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import type { NewCustomer } from './customer.mapping.ts';
import type { CustomerDocument } from './customer.model.ts';
import type { CustomerPage } from './customer.repository.ts';
import { afterPosition, sortFields } from './customer-query.ts';

let scratch: TestDatabase;
let database: Database;
const now = new Date('2026-11-22T10:00:00Z');
const nobody: CustomerFields = {
  externalId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  timeZone: null,
  locale: null,
};

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
const own = (id: OrganizationId = orgId) => database.forOrganization(id);

const person = (fields: Partial<CustomerFields>, rest: Partial<NewCustomer> = {}): NewCustomer => ({
  id: newId('customer'),
  fields: { ...nobody, ...fields },
  attributes: {},
  consents: {},
  ...rest,
});

async function added(fields: Partial<CustomerFields>, rest: Partial<NewCustomer> = {}): Promise<Customer> {
  const result = await own().customers.insert(person(fields, rest), now);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

const change = (before: Customer, fields: Partial<CustomerFields>) => ({
  before,
  after: { fields: { ...nobody, ...fields }, attributes: before.attributes, consents: before.consents },
});

const page = (rest: Partial<CustomerPage>): CustomerPage => ({
  conditions: {},
  sort: 'createdAt',
  direction: 'asc',
  after: null,
  limit: 50,
  ...rest,
});

const granted: Consent = { state: 'granted', at: now, how: 'signed up in the shop', source: 'import' };
const withdrawn: Consent = { state: 'withdrawn', at: now, how: 'by phone', source: 'user' };

test('reads back what was added, and only within the organization', async () => {
  const ada = await added({ email: 'Ada@Example.com', firstName: 'Ada' }, { attributes: { tier: 'Gold' } });
  expect(await own().customers.get(ada.id)).toEqual(ada);
  expect(ada).toMatchObject({ email: 'Ada@Example.com', version: 1, rollups: { orderCount: 0, lastOrderAt: null } });
  expect(await own(newId('organization')).customers.get(ada.id)).toBeNull();
});

test('refuses a second customer with the same folded address or external id', async () => {
  await added({ email: 'ada@example.com', externalId: '007' });
  const email = await own().customers.insert(person({ email: 'ADA@example.com' }), now);
  expect(email).toEqual({ ok: false, error: { code: 'customer_email_taken', path: ['email'] } });
  const externalId = await own().customers.insert(person({ externalId: '007' }), now);
  expect(externalId).toEqual({ ok: false, error: { code: 'customer_external_id_taken', path: ['externalId'] } });
  await added({ externalId: '7' });
  expect((await own(newId('organization')).customers.insert(person({ externalId: '007' }), now)).ok).toBe(true);
});

test('a change of a version that is not stored any more is stale', async () => {
  const ada = await added({ email: 'ada@example.com' });
  const first = await own().customers.replace(change(ada, { email: 'ada@example.com', firstName: 'Ada' }), now);
  expect(first).toEqual({ ok: true, value: 2 });
  const second = await own().customers.replace(change(ada, { email: 'ada@example.com', firstName: 'Eda' }), now);
  expect(second).toEqual({ ok: false, error: { code: 'stale' } });
  expect(await own().customers.get(ada.id)).toMatchObject({ firstName: 'Ada', version: 2 });
});

test('finds many by external id and by folded address', async () => {
  const ada = await added({ externalId: '1', email: 'Ada@example.com' });
  const bob = await added({ externalId: '2' });
  expect((await own().customers.byExternalIds(['1', '2', '3'])).map(({ id }) => id)).toEqual([ada.id, bob.id]);
  expect((await own().customers.byFoldedEmails(['ada@example.com', 'x@y.z'])).map(({ id }) => id)).toEqual([ada.id]);
  expect(await own().customers.idsByExternalIds(['2'])).toEqual(new Map([['2', bob.id]]));
});

test('a consent that is replaced goes into the history', async () => {
  const ada = await added({ email: 'ada@example.com' }, { consents: { email: granted } });
  expect(await own().customers.setConsent(ada.id, 'email', withdrawn)).toBe(true);
  expect(await own().customers.setConsent(ada.id, 'sms', granted)).toBe(true);
  expect(await own().customers.get(ada.id)).toMatchObject({ consents: { email: withdrawn, sms: granted }, version: 3 });
  expect(await own().customers.pastConsents(ada.id)).toEqual([{ channel: 'email', ...granted }]);
  expect(await own().customers.setConsent(newId('customer'), 'sms', granted)).toBe(false);
});

test('a change keeps the consent that it replaces too', async () => {
  const ada = await added({ email: 'ada@example.com' }, { consents: { email: granted } });
  const after = { fields: { ...nobody, email: 'ada@example.com' }, attributes: {}, consents: { email: withdrawn } };
  expect(await own().customers.replace({ before: ada, after }, now)).toEqual({ ok: true, value: 2 });
  expect(await own().customers.pastConsents(ada.id)).toEqual([{ channel: 'email', ...granted }]);
});

test('text that looks like an operator is stored as text', async () => {
  const odd = { ...granted, how: '$rollups.revenue' };
  const ada = await added({ email: 'ada@example.com', firstName: '$where' });
  await own().customers.setConsent(ada.id, 'email', odd);
  expect(await own().customers.get(ada.id)).toMatchObject({ consents: { email: odd }, firstName: '$where' });
});

async function found(search: string): Promise<string[]> {
  const { items } = await own().customers.list(page({ conditions: { search } }));
  return items.map(({ externalId }) => externalId ?? '');
}

test('search finds prefixes of every word, without case and accents', async () => {
  await added({ externalId: 'A-1', firstName: 'José', lastName: 'Müller-Ångström', email: 'jose@Shop.example' });
  await added({ externalId: 'B 22', firstName: 'ΟΔΥΣΣΕΎΣ', phone: '+436641234567' });
  expect(await found('jos')).toEqual(['A-1']);
  expect(await found('JOSÉ mul')).toEqual(['A-1']);
  expect(await found('angstrom')).toEqual(['A-1']);
  expect(await found('shop.ex')).toEqual(['A-1']);
  expect(await found('jose bob')).toEqual([]);
  expect(await found('οδυσσευς')).toEqual(['B 22']);
  expect(await found('+43 (664) 123')).toEqual(['B 22']);
  expect(await found('b 22')).toEqual(['B 22']);
  expect(await found('ose')).toEqual([]);
  expect(await found('.*')).toEqual([]);
  expect(await found(' ')).toEqual(['A-1', 'B 22']);
});

test('filters by consent, orders and day', async () => {
  const ada = await added({ externalId: 'ada' }, { consents: { email: granted }, createdAt: new Date('2026-01-01') });
  await added({ externalId: 'bob' }, { consents: { email: withdrawn }, createdAt: new Date('2026-02-01') });
  await added({ externalId: 'eve' }, { createdAt: new Date('2026-03-01') });
  const rollups = { orderCount: 2, revenue: 100, firstOrderAt: now, lastOrderAt: now };
  await database.transaction((session) => own().customers.setRollups(new Map([[ada.id, rollups]]), session));
  const names = async (conditions: CustomerPage['conditions']) => {
    const { items } = await own().customers.list(page({ conditions }));
    expect(await own().customers.count(conditions)).toBe(items.length);
    return items.map(({ externalId }) => externalId);
  };
  expect(await names({ email: 'granted' })).toEqual(['ada']);
  expect(await names({ email: 'withdrawn' })).toEqual(['bob']);
  expect(await names({ email: 'unknown' })).toEqual(['eve']);
  expect(await names({ sms: 'unknown' })).toEqual(['ada', 'bob', 'eve']);
  expect(await names({ orders: 'some' })).toEqual(['ada']);
  expect(await names({ orders: 'none', email: 'withdrawn' })).toEqual(['bob']);
  expect(await names({ createdFrom: new Date('2026-02-01'), createdBefore: new Date('2026-03-01') })).toEqual(['bob']);
});

const instants = [null, new Date(1000), null, new Date(2000), new Date(1000), null, new Date(-5)];

test.each([
  ['lastOrderAt', 'asc'],
  ['lastOrderAt', 'desc'],
  ['revenue', 'asc'],
  ['revenue', 'desc'],
  ['name', 'asc'],
  ['orderCount', 'desc'],
  ['createdAt', 'desc'],
] as const)('pages by %s %s show everyone once, in order, ties and nulls included', async (sort, direction) => {
  const rollups = new Map();
  for (const [index, at] of instants.entries()) {
    const { id } = await added({ externalId: `${index}`, lastName: index % 2 ? 'Same' : null });
    rollups.set(id, { orderCount: index % 3, revenue: (index % 3) - 1, firstOrderAt: at, lastOrderAt: at });
  }
  await database.transaction((session) => own().customers.setRollups(rollups, session));
  const all = await own().customers.list(page({ sort, direction }));
  expect(all.items).toHaveLength(instants.length);
  expect(all.next).toBeNull();
  const seen: Customer[] = [];
  for (let after: CustomerPage['after'] = null, pages = 0; pages < 10; pages++) {
    const { items, next } = await own().customers.list(page({ sort, direction, after, limit: 2 }));
    seen.push(...items);
    if (!next) break;
    after = next;
  }
  expect(seen.map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
  const times = all.items.map(({ rollups }) => rollups.lastOrderAt?.getTime() ?? Number.NEGATIVE_INFINITY);
  if (sort === 'lastOrderAt') {
    expect(times).toEqual(times.toSorted((one, other) => (direction === 'asc' ? one - other : other - one)));
  }
});

test('every order of the list is read from an index, without a sort in memory', async () => {
  for (const [sort, after] of [
    ['revenue', null],
    ['lastOrderAt', { value: now, id: makeId('customer', 0, new Uint8Array(16)) }],
  ] as const) {
    const plan = await database.driver
      .collection<CustomerDocument>('customers')
      .find({ $and: [{ orgId }, after ? (afterPosition(sort, 'desc', after) as object) : {}] })
      .sort({ [sortFields[sort]]: -1, _id: -1 })
      .limit(50)
      .explain('queryPlanner');
    const stages = JSON.stringify(plan.queryPlanner.winningPlan);
    expect(stages).toContain('IXSCAN');
    expect(stages).not.toMatch(/"stage":"(SORT|COLLSCAN)"/);
  }
});

test('who can be reached, and whose consent is unknown, is counted without reading a customer', async () => {
  const granted = { email: { state: 'granted', at: now, how: 'form', source: 'Ann' } } as const;
  for (let index = 0; index < 60; index++) {
    await added({ externalId: `${index}`, email: `p${index}@shop.example` }, { consents: index < 50 ? granted : {} });
  }
  await database.driver.command({ profile: 2 });
  expect(await own().overview.reachable()).toBe(50);
  expect(await own().customers.count({ email: 'unknown' })).toBe(10);
  await own().customers.list({
    ...{ conditions: { email: 'unknown' }, sort: 'createdAt', direction: 'desc', after: null, limit: 5 },
  });
  await database.driver.command({ profile: 0 });
  const reads = await database.driver
    .collection('system.profile')
    .find({ ns: /customers$/ })
    .sort({ ts: 1 })
    .toArray();
  await database.driver.dropCollection('system.profile');
  expect(reads.map(({ docsExamined }) => docsExamined)).toEqual([0, 0, 6]);
});

test('a customer is found by their identities through the unique indexes', async () => {
  for (let index = 0; index < 50; index++) await added({ externalId: `${index}`, email: `p${index}@shop.example` });
  await database.driver.command({ profile: 2 });
  await own().customers.byExternalIds(['1', '2']);
  await own().customers.idsByExternalIds(['3']);
  await own().customers.byFoldedEmails(['p1@shop.example', 'p2@shop.example']);
  await database.driver.command({ profile: 0 });
  const reads = await database.driver
    .collection('system.profile')
    .find({ op: 'query', ns: /customers$/ })
    .toArray();
  expect(reads.map(({ docsExamined }) => docsExamined)).toEqual([2, 1, 2]);
});

test('removing an attribute takes its values and their folded forms', async () => {
  const ada = await added({ externalId: '1' }, { attributes: { tier: 'Gold', age: 3 } });
  expect(await own().customers.hasAttribute('tier')).toBe(true);
  expect(await own().customers.removeAttribute('tier')).toBe(1);
  expect(await own().customers.hasAttribute('tier')).toBe(false);
  expect(await own().customers.get(ada.id)).toMatchObject({ attributes: { age: 3 }, version: 2 });
});

test('streams everyone of a filter', async () => {
  for (let index = 0; index < 12; index++) await added({ externalId: `${index}` });
  const ids: string[] = [];
  for await (const { externalId } of own().customers.stream({})) ids.push(externalId ?? '');
  expect(ids).toHaveLength(12);
});
