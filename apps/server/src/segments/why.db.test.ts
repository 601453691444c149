import { newId } from '@mini-crm/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
const ids: string[] = [];
const ask = (path: string, input: object = {}, who = ann) => who.call(path, { orgId: who.orgId, ...input });

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  const nobody = { phone: null, firstName: null, lastName: null, timeZone: null, locale: null, attributes: {} };
  const events = [];
  for (let i = 0; i < 3; i++) {
    const { data } = await ask('customers.create', { ...nobody, externalId: `c${i}`, email: `c${i}@shop.example` });
    ids.push(data.id);
    for (let n = 0; n < i; n++) {
      const order = { type: 'order', currency: 'USD', total: 1000 * i, lines: [], properties: {} };
      events.push({ ...order, eventId: `o${i}-${n}`, customerId: data.id, at: new Date(Date.now() - 86_400_000) });
    }
  }
  await server.deps.database.forOrganization(ann.orgId).events.insertMany(events, { source: 'test', now: new Date() });
});
afterAll(() => server.close());

const byName = async (name: string) =>
  (await ask('segments.list')).data.find((segment: { name: string }) => segment.name === name).id;
const memberships = async (customerId: string | undefined) => {
  const { data } = await ask('segments.of', { customerId });
  return Object.fromEntries(data.map(({ name, isIn }: { name: string; isIn: boolean }) => [name, isIn]));
};

test('the segments of a customer are those that count them, lists and ranks among them', async () => {
  await ask('segments.createList', { name: 'Guests', description: '', customerIds: [ids[0]] });
  const none = { 'Best customers': false, 'Lapsed customers': false };
  expect(await memberships(ids[0])).toEqual({
    ...none,
    Guests: true,
    'New customers': false,
    'No order yet': true,
    'One order so far': false,
  });
  expect(await memberships(ids[2])).toEqual({
    'Best customers': true,
    Guests: false,
    'Lapsed customers': false,
    'New customers': true,
    'No order yet': false,
    'One order so far': false,
  });
});

test('an explanation has a node for each condition, with what decided it', async () => {
  const lapsed = await ask('segments.explain', { customerId: ids[1], segmentId: await byName('Lapsed customers') });
  expect(lapsed.data.root).toMatchObject({
    type: 'all',
    holds: false,
    children: [
      { type: 'behaviour', holds: true },
      { type: 'behaviour', holds: false },
    ],
  });
  const best = await ask('segments.explain', { customerId: ids[1], segmentId: await byName('Best customers') });
  expect(best.data.root).toMatchObject({ type: 'rank', holds: false });
});

test('a rule that is only written is explained too, and a segment inside it is opened', async () => {
  const segmentId = await byName('No order yet');
  const rule = { version: 1, root: { type: 'not', child: { type: 'inSegment', segmentId } } };
  const { data } = await ask('segments.explain', { customerId: ids[0], rule });
  expect(data.root).toMatchObject({
    holds: false,
    children: [{ type: 'inSegment', holds: true, children: [{ type: 'behaviour', holds: true }] }],
  });
  const broken = { version: 1, root: { type: 'all', children: [] } };
  expect((await ask('segments.explain', { customerId: ids[0], rule: broken })).error).toMatchObject({
    code: 'rule_invalid',
    path: ['rule', 'root'],
  });
});

test('who is not here is not found', async () => {
  const bob = await server.owner();
  const stranger = { customerId: ids[0] };
  expect((await ask('segments.of', stranger, bob)).error).toMatchObject({ code: 'not_found' });
  const rule = { version: 1, root: { type: 'everyone' } };
  expect((await ask('segments.explain', { ...stranger, rule }, bob)).error).toMatchObject({ code: 'not_found' });
  expect((await ask('segments.of', { customerId: newId('customer') })).error).toMatchObject({ code: 'not_found' });
});
