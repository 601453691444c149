import type { CustomerEvent, CustomerId } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeCustomer } from '../customers/customer.usecases.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import type { OrganizationContext } from '../trpc.ts';
import type { IngestContext } from './ingest-context.ts';
import { ingestEvents } from './ingest-events.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let base: IngestContext;

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  const { deps } = server;
  const organization = await deps.database.accounts.organization(ann.orgId);
  if (!organization) throw new Error('no organization');
  const db = deps.database.forOrganization(ann.orgId);
  base = { deps, organization, db, log: deps.log, source: 'Shop', createdBy: null, holder: 'key' };
});
afterAll(() => server.close());

const item = (id: string, externalId: string) => ({
  id,
  type: 'viewed',
  at: '2026-11-01T10:00:00Z',
  customer: { externalId },
});
const idOf = async (externalId: string) => (await base.db.customers.byExternalIds([externalId]))[0]?.id as CustomerId;
const eventsOf = (customerId: CustomerId) => base.db.events.ofCustomer(customerId, { after: null, limit: 10 });

test('an event of somebody who is removed while it comes in is refused, and nothing of it stays', async () => {
  await ingestEvents(base, [item('1', 'gone'), item('2', 'stays')]);
  const gone = await idOf('gone');
  const insertMany: typeof base.db.events.insertMany = async (list, origin) => {
    await ann.call('customers.remove', { orgId: ann.orgId, customerId: gone });
    return base.db.events.insertMany(list, origin);
  };
  const late = { ...base, db: { ...base.db, events: { ...base.db.events, insertMany } } };
  expect(await ingestEvents(late, [item('3', 'gone'), item('4', 'stays'), item('2', 'stays')])).toMatchObject({
    stored: 1,
    duplicates: 1,
    refused: [{ index: 0, code: 'customer_unknown', path: ['customer'] }],
  });
  expect(await eventsOf(gone)).toEqual([]);
  expect(await eventsOf(await idOf('stays'))).toHaveLength(2);
});

test('an event that is stored while its customer is being removed goes with them', async () => {
  await ingestEvents(base, [item('5', 'going')]);
  const customerId = await idOf('going');
  const event: CustomerEvent = {
    ...{ eventId: 'event:6', customerId, type: 'viewed', at: new Date('2026-11-01T10:00:00Z') },
    ...{ currency: null, total: null, lines: [], properties: {} },
  };
  const { database } = server.deps;
  const transaction: typeof database.transaction = async (work) => {
    const done = await database.transaction(work);
    // As the transaction sees the events of its beginning, it is as if this came in between.
    await base.db.events.insertMany([event], { source: 'api', now: new Date() });
    return done;
  };
  const ctx = { ...base, deps: { ...base.deps, database: { ...database, transaction } } };
  expect(await removeCustomer(ctx as unknown as OrganizationContext, customerId)).toMatchObject({ ok: true });
  expect(await eventsOf(customerId)).toEqual([]);
});

test('an event that is there already creates nobody when it comes again with somebody else', async () => {
  await ingestEvents(base, [item('7', 'first')]);
  const fresh = { ...item('8', 'other'), customer: { email: 'other@shop.example' } };
  const answer = await ingestEvents(base, [{ ...item('7', 'second'), properties: { novel: 1 } }, fresh]);
  expect(answer).toMatchObject({
    stored: 1,
    customersCreated: 1,
    refused: [{ index: 0, id: '7', code: 'event_conflict', path: ['id'] }],
  });
  expect(await idOf('second')).toBeUndefined();
  expect((await base.db.eventTypes.get()).properties.map(({ name }) => name)).not.toContain('novel');
});
