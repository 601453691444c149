import { newId } from '@mini-crm/db';
import type { CustomerId, RuleNode, RunId, SegmentId } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { bindAudience } from './audience.ts';

let app: TestApp;
let owner: Awaited<ReturnType<TestApp['owner']>>;
let ids: CustomerId[];
const now = new Date('2026-06-17T12:00:00Z');
const db = () => app.deps.database.forOrganization(owner.orgId);

// Customer i spent i dollars, all but the first.
beforeAll(async () => {
  app = await testApp();
  owner = await app.owner();
  const nobody = { externalId: null, phone: null, firstName: null, lastName: null, timeZone: null, locale: null };
  ids = [];
  for (let i = 0; i < 6; i++) {
    const fields = { ...nobody, email: `c${i}@shop.example`, attributes: {} };
    const { data } = await owner.call('customers.create', { orgId: owner.orgId, ...fields });
    ids.push(data.id);
  }
  const orders = ids.slice(1).map((customerId, i) => ({
    eventId: `o${i}`,
    customerId,
    type: 'order',
    at: new Date('2026-06-01T12:00:00Z'),
    currency: 'USD',
    total: (i + 1) * 100,
    lines: [],
    properties: {},
  }));
  await db().events.insertMany(orders, { source: 'test', now });
});
afterAll(() => app.close());

async function segment(name: string, root: RuleNode): Promise<SegmentId> {
  const id = newId('segment');
  await db().segments.insert(id, { name, description: '', rule: { version: 1, root } }, now);
  return id;
}

async function list(name: string, members: readonly CustomerId[]): Promise<SegmentId> {
  const id = newId('segment');
  await db().segments.insert(id, { name, description: '', kind: 'static' }, now);
  await db().segmentMembers.add(id, members, now);
  return id;
}

const best = (amount: number): RuleNode => ({
  type: 'rank',
  direction: 'top',
  amount,
  of: 'people',
  eventTypes: ['order'],
  unit: 'event',
  window: { type: 'ever' },
  measure: { aggregate: 'sum', field: 'total', currency: 'USD' },
});
const inSegment = (segmentId: SegmentId): RuleNode => ({ type: 'inSegment', segmentId });

async function audienceOf(include: readonly SegmentId[], exclude: readonly SegmentId[] = []) {
  const organization = { timeZone: 'UTC' };
  const bound = await bindAudience({ db: db(), organization }, { include: [...include], exclude: [...exclude] }, now);
  if (!bound.ok) return { faults: bound.faults };
  const { resolved } = bound.value;
  const run = {
    rule: {
      now: resolved.now,
      zone: resolved.zone,
      root: {
        type: 'all' as const,
        children: [
          { type: 'any' as const, children: resolved.include },
          ...resolved.exclude.map((child) => ({ type: 'not' as const, child })),
        ],
      },
    },
  };
  const found: CustomerId[] = [];
  for await (const batch of db().audience.ids(run.rule)) found.push(...batch);
  return { found };
}

test('a campaign goes to lists and to segments that name other segments, ranks and lists', async () => {
  const some = await list('some', [ids[0], ids[4]] as CustomerId[]);
  const topTwo = await segment('top two', best(2));
  const either = await segment('either', { type: 'any', children: [inSegment(topTwo), inSegment(some)] });
  expect(await audienceOf([some])).toEqual({ found: [ids[0], ids[4]] });
  expect(await audienceOf([topTwo])).toEqual({ found: [ids[4], ids[5]] });
  expect(await audienceOf([either])).toEqual({ found: [ids[0], ids[4], ids[5]] });
  expect(await audienceOf([either], [some])).toEqual({ found: [ids[5]] });
});

test('an archived segment still works for the campaigns that use it', async () => {
  const old = await segment('old', best(1));
  await db().segments.setArchived(old, now);
  expect(await audienceOf([old])).toEqual({ found: [ids[5]] });
});

test('a segment that names one that is gone is a fault, and nobody is written to', async () => {
  const broken = await segment('broken', inSegment(newId('segment')));
  expect(await audienceOf([broken])).toMatchObject({
    faults: [
      { code: 'segment_faulty', details: { name: 'broken', fault: { details: { reason: 'segment_unknown' } } } },
    ],
  });
});

test('a launched run keeps the cut-off of its launch, and reaches whoever is on the list', async () => {
  const granted = { state: 'granted' as const, at: now, how: 'test', source: 'test' };
  for (const id of ids) await db().customers.setConsent(id, 'email', granted);
  await owner.call('organization.update', {
    orgId: owner.orgId,
    sender: { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St\nBoston' },
  });
  const topOne = await segment('top one', best(1));
  const people = await list('people', [ids[1] as CustomerId]);
  const created = await owner.call('campaigns.create', { orgId: owner.orgId, name: 'Spring' });
  const campaign = (await owner.call('campaigns.get', { orgId: owner.orgId, id: created.data.id })).data;
  const { name, channel, purpose, content, sender, schedule, version, id } = campaign;
  const draft = {
    name,
    channel,
    purpose,
    content,
    sender,
    schedule,
    audience: { include: [topOne, people], exclude: [] },
  };
  const saved = await owner.call('campaigns.save', { orgId: owner.orgId, id, version, draft });
  const launched = await owner.call('campaigns.launch', {
    orgId: owner.orgId,
    id,
    version: saved.data.version,
    confirmed: 2,
  });
  expect(launched.error).toBeNull();
  // The best of now spent more than the best of the launch, whose value is what counts.
  const order = { type: 'order', at: now, currency: 'USD', total: 100_000, lines: [], properties: {} };
  const customerId = ids[2] as CustomerId;
  await db().events.insertMany([{ ...order, eventId: 'late', customerId }], { source: 'test', now });
  const run = await db().runs.get((await db().campaigns.get(id))?.runId as RunId);
  if (!run) throw new Error('no run');
  const reached: CustomerId[] = [];
  for await (const batch of db().reach.reachableAudience(run, 'email')) reached.push(...batch.map(({ id }) => id));
  expect(reached).toEqual([ids[1], ids[2], ids[5]]);
});
