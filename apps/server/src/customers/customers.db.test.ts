import { newId } from '@mini-crm/db';
import type { CustomerId, OrganizationId } from '@mini-crm/domain';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
beforeAll(async () => {
  app = await testApp();
  ann = await app.owner();
});
afterAll(() => app.close());

const nobody = {
  externalId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  timeZone: null,
  locale: null,
  attributes: {},
};

const ask = (path: string, input: object = {}) => ann.call(path, { orgId: ann.orgId, ...input });
const create = (fields: object) => ask('customers.create', { ...nobody, ...fields });

async function created(fields: object): Promise<string> {
  const { data, error } = await create(fields);
  expect(error).toBeNull();
  return data.id;
}

const get = async (customerId: string) => (await ask('customers.get', { customerId })).data;

/** The editor's fields of a customer as it was read. */
const editable = ({
  externalId,
  email,
  phone,
  firstName,
  lastName,
  timeZone,
  locale,
  version,
}: typeof nobody & { version: number }) => ({
  ...{ externalId, email, phone, firstName, lastName, timeZone, locale, version },
  attributes: {},
});

test('a customer is added with a phone as somebody types it, and read back', async () => {
  await ask('attributes.create', { slug: 'tier', label: 'Tier', type: 'enum', options: ['Gold', 'Silver'] });
  await ask('attributes.create', { slug: 'met_at', label: 'Met at', type: 'datetime', options: [] });
  const id = await created({
    email: ' Ada@Example.com ',
    phone: '+43 (664) 123-4567',
    firstName: 'Ada 🎉',
    attributes: { tier: 'Gold', met_at: '2026-01-02T03:04:05+02:00' },
  });
  expect(await get(id)).toMatchObject({
    email: 'Ada@Example.com',
    phone: '+436641234567',
    firstName: 'Ada 🎉',
    attributes: { tier: 'Gold', met_at: '2026-01-02T01:04:05.000Z' },
    consents: {},
    version: 1,
    pastConsents: [],
    suppressions: [],
  });
});

test.each([
  [{ email: 'ada@example.com' }, 'customer_email_taken', ['email']],
  [{ firstName: 'Nobody' }, 'customer_identity_missing', ['email']],
  [{ phone: '0664 12' }, 'customer_phone_invalid', ['phone']],
  [{ email: 'not an address' }, 'invalid_input', ['email']],
  [{ email: 'a@b.example', attributes: { tier: 'Bronze' } }, 'attribute_value_invalid', ['attributes', 'tier']],
  [{ email: 'a@b.example', attributes: { shoe: 1 } }, 'attribute_unknown', ['attributes', 'shoe']],
  [{ email: 'a@b.example', attributes: { $where: 1 } }, 'invalid_input', ['attributes', '$where']],
  [{ email: 'a@b.example', timeZone: 'Mars/Olympus' }, 'invalid_input', ['timeZone']],
  [{ email: { $ne: null } }, 'invalid_input', ['email']],
] as const)('refuses to add %j', async (fields, code, path) => {
  expect((await create(fields)).error).toMatchObject({ code, path });
});

test('an edit names the version it saw; another one is stale, and unnamed attributes stay', async () => {
  const customerId = await created({ email: 'edit@example.com', attributes: { tier: 'Gold' } });
  const seen = editable(await get(customerId));
  const first = await ask('customers.update', { customerId, ...seen, firstName: 'Eda' });
  expect(first.data).toEqual({ version: 2 });
  const second = await ask('customers.update', { customerId, ...seen, firstName: 'Ada' });
  expect(second.error).toMatchObject({ code: 'stale' });
  const third = await ask('customers.update', { customerId, ...seen, version: 2, attributes: { tier: null } });
  expect(third.error).toBeNull();
  expect(await get(customerId)).toMatchObject({ firstName: null, attributes: {}, version: 3 });
});

test('the list pages over everyone, searches all words, and says how many there are', async () => {
  const other = await app.owner();
  const mine = (path: string, input: object = {}) => other.call(path, { orgId: other.orgId, ...input });
  for (let index = 0; index < 7; index++) {
    const fields = { externalId: `00${index}`, firstName: index % 2 ? 'Odd' : 'Even', lastName: `Person${index}` };
    await mine('customers.create', { ...nobody, ...fields });
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await mine('customers.list', { sort: 'name', order: 'asc', limit: 3, cursor });
    seen.push(...page.data.items.map((item: { externalId: string }) => item.externalId));
    cursor = page.data.nextCursor;
  } while (cursor);
  expect(seen).toEqual(['000', '001', '002', '003', '004', '005', '006']);
  const search = { filter: { search: 'odd person3' } };
  expect((await mine('customers.list', search)).data.items).toHaveLength(1);
  expect((await mine('customers.count', search)).data).toEqual({ count: 1 });
  expect((await mine('customers.count')).data).toEqual({ count: 7 });
  expect((await mine('customers.list', { cursor: 'abc' })).error).toMatchObject({ code: 'invalid_input' });
  const today = new Date().toISOString().slice(0, 10);
  expect((await mine('customers.count', { filter: { createdTo: '2020-01-01' } })).data).toEqual({ count: 0 });
  expect((await mine('customers.count', { filter: { createdFrom: '2020-01-01', createdTo: today } })).data.count).toBe(
    7,
  );
});

test('a withdrawal suppresses the address, a new consent lifts that, and the history keeps both', async () => {
  const customerId = await created({ email: 'consent@example.com' });
  const record = (state: string, how: string, at = '2026-01-01T00:00:00Z') =>
    ask('customers.setConsent', { customerId, channel: 'email', state, how, at });
  expect((await record('granted', 'signed up at the fair')).error).toBeNull();
  expect((await record('withdrawn', 'asked by phone')).error).toBeNull();
  expect(await get(customerId)).toMatchObject({
    consents: { email: { state: 'withdrawn', how: 'asked by phone', source: 'Owner 1' } },
    pastConsents: [{ channel: 'email', state: 'granted', how: 'signed up at the fair' }],
    suppressions: [{ channel: 'email', scope: 'marketing', reason: 'manual' }],
  });
  expect((await record('granted', 'signed up again')).error).toBeNull();
  expect(await get(customerId)).toMatchObject({ consents: { email: { state: 'granted' } }, suppressions: [] });
  expect((await record('granted', 'x', '2999-01-01T00:00:00Z')).error).toMatchObject({ path: ['at'] });
  expect((await record('granted', ' ')).error).toMatchObject({ code: 'invalid_input', path: ['how'] });
});

test('who unsubscribed by themselves is revived by a manager only', async () => {
  const email = 'left@example.com';
  const customerId = await created({ email });
  const { suppressions } = app.deps.database.forOrganization(ann.orgId);
  const entry = { channel: 'email', address: email, scope: 'marketing', at: new Date() } as const;
  await suppressions.add({ ...entry, reason: 'manual' });
  await suppressions.add({ ...entry, reason: 'unsubscribed' });
  const marketer = await app.member(ann, 'marketer');
  const consent = {
    orgId: ann.orgId,
    customerId,
    channel: 'email',
    state: 'granted',
    how: 'x',
    at: '2026-01-01T00:00:00Z',
  };
  expect((await marketer.call('customers.setConsent', consent)).error).toMatchObject({
    code: 'not_permitted',
    details: { suppressed: 'unsubscribed' },
  });
  expect(await get(customerId)).toMatchObject({ consents: {}, suppressions: [{ reason: 'unsubscribed' }] });
  expect((await ask('customers.setConsent', consent)).error).toBeNull();
  expect(await get(customerId)).toMatchObject({ consents: { email: { state: 'granted' } }, suppressions: [] });
  // A colleague's withdrawal is a colleague's to take back.
  await ask('customers.setConsent', { ...consent, state: 'withdrawn' });
  expect((await marketer.call('customers.setConsent', consent)).error).toBeNull();
  expect((await get(customerId)).suppressions).toEqual([]);
});

test('a bounced address stays suppressed whatever is recorded', async () => {
  const customerId = await created({ email: 'bounced@example.com' });
  const { suppressions } = app.deps.database.forOrganization(ann.orgId);
  const entry = { channel: 'email', address: 'bounced@example.com', at: new Date() };
  await suppressions.add({ ...entry, scope: 'all', reason: 'bounced' });
  const consent = { channel: 'email', state: 'granted', how: 'by phone', at: '2026-01-01T00:00:00Z' };
  await ask('customers.setConsent', { customerId, ...consent });
  expect(await get(customerId)).toMatchObject({ suppressions: [{ scope: 'all', reason: 'bounced' }] });
});

test('the timeline is one stream of events and messages, page by page, and by kind', async () => {
  const customerId = await created({ email: 'timeline@example.com' });
  const db = app.deps.database.forOrganization(ann.orgId);
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const event = (eventId: string, type: string, day: number, total: number | null = null) => ({
    ...{ eventId, customerId: customerId as never, type, at: at(day), total, lines: [], properties: {} },
    currency: total === null ? null : 'EUR',
  });
  await db.events.insertMany(
    [
      event('o1', 'order', 1, 100),
      event('o2', 'order', 5, 200),
      event('v1', 'page_viewed', 5),
      event('o3', 'order', 7, 0),
    ],
    { source: 'import', now: at(9) },
  );
  const row = (run: string, day: number) => ({
    ...{ _id: `${run}:${customerId}`, orgId: ann.orgId, runId: run, campaignId: 'cmp_x', customerId, channel: 'email' },
    ...{ address: 'a', foldedAddress: 'a', name: '', state: 'sent', reason: null, detail: null, attempt: 1 },
    ...{ messageId: null, at: at(day), opens: 0, clicks: [] },
  });
  await app.deps.database.driver
    .collection<{ _id: string }>('deliveries')
    .insertMany([row('r1', 5), row('r2', 5), row('r3', 6)]);
  await ask('customers.logInteraction', { customerId, type: 'call', at: at(5).toISOString(), text: 'Hello\nagain' });

  const pages = async (limit: number, kind?: string) => {
    const items: { kind: string; at: string; type?: string; id: string; by?: string | null }[] = [];
    let cursor: string | null = null;
    do {
      const page = await ask('customers.timeline', { customerId, limit, cursor, ...(kind ? { kind } : {}) });
      expect(page.error).toBeNull();
      items.push(...page.data.items);
      cursor = page.data.nextCursor;
    } while (cursor);
    return items;
  };
  const all = await pages(100);
  expect(all.map(({ kind, type }) => type ?? kind)).toEqual([
    ...['order', 'message', 'page_viewed', 'order', 'call', 'message', 'message', 'order'],
  ]);
  for (const limit of [1, 2, 3]) expect(await pages(limit)).toEqual(all);
  expect((await pages(2, 'orders')).map(({ type }) => type)).toEqual(['order', 'order', 'order']);
  expect((await pages(2, 'messages')).map(({ kind }) => kind)).toEqual(['message', 'message', 'message']);
  expect((await pages(2, 'activity')).map(({ type }) => type)).toEqual(['page_viewed']);
  expect(await pages(2, 'interactions')).toMatchObject([
    { type: 'call', by: 'Owner 1', properties: { text: 'Hello\nagain' } },
  ]);
});

test('an interaction can not be logged for a later time or a stranger', async () => {
  const customerId = await created({ email: 'later@example.com' });
  const log = { type: 'note', text: 'x', at: '2999-01-01T00:00:00Z' };
  expect((await ask('customers.logInteraction', { customerId, ...log })).error).toMatchObject({ path: ['at'] });
  const stranger = `cus_${'0'.repeat(26)}`;
  const now = { ...log, at: '2026-01-01T00:00:00Z' };
  expect((await ask('customers.logInteraction', { customerId: stranger, ...now })).error?.code).toBe('not_found');
});

test('removing a customer takes what is known of them, and leaves nameless rows and the suppression', async () => {
  const customerId = await created({ email: 'gone@example.com' });
  await ask('customers.logInteraction', { customerId, type: 'note', text: 'x', at: '2026-01-01T00:00:00Z' });
  const consent = { channel: 'email', state: 'withdrawn', how: 'by phone', at: '2026-01-01T00:00:00Z' };
  await ask('customers.setConsent', { customerId, ...consent });
  const { driver } = app.deps.database;
  await driver.collection<{ _id: string }>('deliveries').insertOne({
    ...{ _id: `run:${customerId}`, orgId: ann.orgId, customerId, address: 'gone@example.com', name: 'Gone' },
    ...{ foldedAddress: 'gone@example.com', state: 'sent', at: new Date() },
  } as never);
  const list = newId('segment');
  await app.deps.database.forOrganization(ann.orgId).segmentMembers.add(list, [customerId as CustomerId], new Date());
  expect((await ask('customers.remove', { customerId })).error).toBeNull();
  expect((await ask('customers.get', { customerId })).error).toMatchObject({ code: 'not_found' });
  expect((await ask('customers.remove', { customerId })).error).toMatchObject({ code: 'not_found' });
  expect(await driver.collection('events').countDocuments({ customerId })).toBe(0);
  expect(await driver.collection('segmentMembers').countDocuments({ customerId })).toBe(0);
  expect(await driver.collection('deliveries').findOne({ customerId })).toMatchObject({
    address: '',
    name: '',
    state: 'sent',
  });
  expect(await driver.collection('suppressions').countDocuments({ address: 'gone@example.com' })).toBe(1);
});

test('another organization finds none of it', async () => {
  const customerId = await created({ email: 'mine@example.com' });
  const bob = await app.owner();
  for (const path of ['customers.get', 'customers.timeline', 'customers.remove']) {
    expect((await bob.call(path, { orgId: bob.orgId, customerId })).error).toMatchObject({ code: 'not_found' });
    expect((await bob.call(path, { orgId: ann.orgId, customerId })).error).toMatchObject({ code: 'not_found' });
  }
  expect((await get(customerId)).email).toBe('mine@example.com');
});

async function csv(who: { cookie: () => string; orgId: OrganizationId }, query = '') {
  const url = `/api/o/${ann.orgId}/customers.csv${query}`;
  return app.app.inject({ method: 'GET', url, headers: { cookie: who.cookie() } });
}

test('the export is a CSV file with the filters of the list, which no spreadsheet runs', async () => {
  await created({ externalId: '0042', firstName: '=1+1', lastName: 'Quote "x", y', phone: '+14155552671' });
  const everyone = await csv(ann);
  expect(everyone.headers['content-type']).toContain('text/csv');
  expect(everyone.headers['content-disposition']).toContain('attachment');
  const rows = parse(everyone.body, { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength((await ask('customers.count')).data.count);
  expect(rows.find((row) => row.external_id === '0042')).toMatchObject({
    ...{ first_name: "'=1+1", last_name: 'Quote "x", y', phone: '+14155552671', orders: '0', tier: '' },
  });
  expect(rows.find((row) => row.email === 'Ada@Example.com')).toMatchObject({ tier: 'Gold' });
  expect(parse((await csv(ann, '?search=quote')).body, { columns: true })).toHaveLength(1);
  const chosen = `?ids=${await created({ externalId: 'x1' })},${await created({ externalId: 'x2' })}`;
  expect(parse((await csv(ann, chosen)).body, { columns: true })).toHaveLength(2);
  expect((await csv(ann, '?ids=nonsense')).statusCode).toBe(400);
  expect((await csv(ann, '?nonsense=1')).statusCode).toBe(400);
  const analyst = await app.member(ann, 'analyst');
  expect((await csv(analyst)).statusCode).toBe(403);
});
