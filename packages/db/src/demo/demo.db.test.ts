import {
  audienceSegments,
  type CustomerId,
  demoData,
  everyone,
  fieldCatalogue,
  type OrganizationId,
  type Rule,
  type RunContent,
  resolveRule,
  type SegmentId,
} from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/index.ts';
import { demoDocuments } from './demo.documents.ts';

let test_: TestDatabase;
let database: Database;
const orgId: OrganizationId = newId('organization');
const now = new Date('2026-11-22T20:00:00Z');
const data = demoData({ seed: 1, now: now.getTime(), zone: 'Europe/Berlin', currency: 'EUR' }, 300);

beforeAll(async () => {
  test_ = await testDatabase();
  database = await connect(test_.uri, { dbName: test_.name });
  await database.prepare();
});
afterAll(async () => {
  await database.close();
  await test_.close();
});
beforeEach(() => test_.clear());

const rule = resolveRule(everyone, { now: now.getTime(), zone: 'UTC', fields: fieldCatalogue({ attributes: [] }) });
const sender = { fromName: 'Shop', fromEmail: 'hello@example.com', replyTo: '', postalAddress: 'Street 1' };
const compiled = (mjml: string): RunContent => ({
  subject: '',
  preheader: '',
  html: '',
  text: '',
  links: [...mjml.matchAll(/href="(https:[^"]+)"/g)].map(([, href]) => href ?? ''),
  sender,
  purpose: 'marketing',
});

function documents() {
  if (!rule.ok) throw new Error('everyone resolves');
  const sendings = new Map(
    data.campaigns.map(({ key, content }) => [key, { content: compiled(content.mjml), rule: rule.value }]),
  );
  return demoDocuments(orgId, { data, createdBy: newId('user'), now, sendings });
}

interface Stored {
  _id: string;
  [field: string]: unknown;
}

const own = () => database.forOrganization(orgId);
const counts = async () => {
  const result: Record<string, number> = {};
  for (const { name } of await test_.db.listCollections().toArray()) {
    const count = await test_.db.collection(name).countDocuments({ orgId });
    if (count > 0 && name !== 'demos') result[name] = count;
  }
  return result;
};

test('a demo is stored as a whole, and its report agrees with it', async () => {
  await own().demo.insert(documents());
  const found = await counts();
  expect(found).toMatchObject({ customers: 300, attributes: 6, segments: 4, campaigns: 3, runs: 2 });
  expect(found.events).toBe(data.events.length);
  const { properties } = await own().eventTypes.catalogue();
  expect(properties.map(({ name }) => name).sort()).toEqual(['order', 'reason', 'shipping', 'text']);
  const [sent] = await own().campaigns.list({ states: ['sent'], limit: 5 });
  const story = data.campaigns.find(({ name }) => name === sent?.name)?.sending?.deliveries ?? [];
  const figures = await own().campaignReports.figures(sent?.id as never);
  expect(figures.sent).toBe(story.filter(({ state }) => state === 'sent').length);
  expect(figures.opened).toBe(story.filter(({ openedAt }) => openedAt).length);
  expect(figures.unsubscribed).toBe(story.filter(({ unsubscribedAt }) => unsubscribedAt).length);
});

test('its roll-ups are what recomputing them says', async () => {
  await own().demo.insert(documents());
  const read = () =>
    test_.db
      .collection('customers')
      .find({ orgId }, { projection: { rollups: 1 } })
      .sort({ _id: 1 })
      .toArray();
  const stored = await read();
  await own().recomputeRollups(
    stored.map(({ _id }) => String(_id) as never),
    'EUR',
  );
  expect(await read()).toEqual(stored);
});

test('removing takes exactly the demo and keeps what people made', async () => {
  const { campaigns, demo, segments, attributes } = own();
  await demo.insert(documents());
  const mine = newId('customer');
  await test_.db
    .collection<Stored>('customers')
    .insertOne({ _id: mine, orgId, attributes: { city: 'Bonn' }, folded: {} });
  await test_.db.collection<Stored>('events').insertOne({ _id: 'e', orgId, customerId: mine, type: 'note' });
  await attributes.insert({ slug: 'mine', label: 'Mine', type: 'string', options: [] });
  // The draft is edited, so it is the user's now, with the segment that it goes to.
  const [draft] = await campaigns.list({ states: ['draft'], limit: 1 });
  await test_.db
    .collection<{ _id: string }>('campaigns')
    .updateOne({ _id: draft?.id as string }, { $inc: { version: 1 } });
  const club = (await segments.list()).find(({ name }) => name === 'Club members');
  await test_.db
    .collection<{ _id: string }>('campaigns')
    .updateOne({ _id: draft?.id as string }, { $push: { 'audience.exclude': club?.id } } as never);

  // A list of mine with somebody of the demo on it, and a segment of mine that names one of the demo's.
  const [someone] = await test_.db.collection('customers').find({ demo: true }).limit(1).toArray();
  await own().segmentMembers.add(newId('segment'), [String(someone?._id) as CustomerId], now);
  const used = draft ? audienceSegments(draft.audience) : [];
  const named = (await segments.list()).find(({ id }) => id !== club?.id && !used.includes(id));
  const naming: Rule = { version: 1, root: { type: 'inSegment', segmentId: named?.id as SegmentId } };
  await segments.insert(newId('segment'), { name: 'Mine', description: '', rule: naming }, now);

  await demo.remove();
  expect(await counts()).toEqual({ customers: 1, events: 1, attributes: 3, segments: 4, campaigns: 1 });
  expect((await segments.list()).map(({ id }) => id)).toContain(named?.id);
  expect((await attributes.list()).map(({ slug }) => slug).sort()).toEqual(['city', 'mine', 'plan']);
  expect(await test_.db.collection('campaigns').countDocuments({ demo: true })).toBe(0);

  await demo.remove();
  expect(await counts()).toMatchObject({ customers: 1, campaigns: 1 });
});

test('removing cleans up what a crash at any point of filling left', async () => {
  const all = documents();
  const { demo } = own();
  const order = [
    'runs',
    'attributes',
    'customers',
    'events',
    'segments',
    'suppressions',
    'deliveries',
    'pages',
    'campaigns',
  ] as const;
  for (let done = 1; done <= order.length; done++) {
    const rest = Object.fromEntries(order.slice(done).map((part) => [part, []]));
    await demo.insert({ ...all, ...rest });
    await demo.remove();
    expect(await counts(), order[done - 1]).toEqual({});
  }
});

test('only one may fill or remove at a time, and a crash is taken over', async () => {
  const { demo } = own();
  expect(await demo.state()).toBe('removed');
  const token = await demo.begin('filling', now);
  expect(token).not.toBeNull();
  expect(await demo.begin('filling', new Date(now.getTime() + 1000))).toBeNull();
  const later = await demo.begin('removing', new Date(now.getTime() + 120_000));
  expect(later).not.toBeNull();
  await demo.end(token as string, 'filled');
  expect(await demo.state()).toBe('removing');
  await demo.end(later as string, 'removed');
  expect(await demo.state()).toBe('removed');
  expect(await demo.begin('filling', new Date(now.getTime() + 121_000))).not.toBeNull();
});

test('customers of people and attributes in the way are seen', async () => {
  const { demo, attributes } = own();
  await demo.insert(documents());
  expect(await demo.hasOwnCustomers()).toBe(false);
  expect(await demo.clashingAttribute()).toBeNull();
  await demo.remove();
  await test_.db.collection<Stored>('customers').insertOne({ _id: 'c', orgId, folded: {} });
  expect(await demo.hasOwnCustomers()).toBe(true);
  await attributes.insert({ slug: 'plan', label: 'Plan', type: 'string', options: [] });
  expect(await demo.clashingAttribute()).toBe('plan');
});
