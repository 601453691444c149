import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
const ask = (path: string, input: object = {}) => ann.call(path, { orgId: ann.orgId, ...input });

beforeAll(async () => {
  app = await testApp();
  ann = await app.owner();
  await ask('attributes.create', { slug: 'color', label: 'Color', type: 'string', options: [] });
  const nobody = { phone: null, firstName: null, lastName: null, timeZone: null, locale: null };
  const events = [];
  for (const [i, color] of ['Red', 'RED', '=cmd()', null].entries()) {
    const attributes = color === null ? {} : { color };
    const fields = { ...nobody, externalId: `c${i}`, email: `c${i}@shop.example`, attributes };
    const { data } = await ask('customers.create', fields);
    for (let n = 0; n < i; n++) {
      events.push({
        eventId: `o${i}-${n}`,
        customerId: data.id,
        type: 'order',
        at: new Date('1998-01-01T12:00:00Z'),
        currency: 'USD',
        total: 1000,
        lines: [],
        properties: {},
      });
    }
  }
  const db = app.deps.database.forOrganization(ann.orgId);
  await db.events.insertMany(events, { source: 'test', now: new Date() });
});
afterAll(() => app.close());

const rule = (root: object) => ({ version: 1, root });
const red = rule({ type: 'attribute', field: 'attributes.color', test: { operator: 'eq', value: 'red' } });
const buyers = (value: number) =>
  rule({
    type: 'behaviour',
    eventTypes: ['order'],
    unit: 'event',
    window: { type: 'since', date: '1998-01-01' },
    measure: { aggregate: 'count' },
    test: { operator: 'gte', value },
  });
const create = async (name: string, of: object = red) =>
  (await ask('segments.create', { name, description: '', rule: of })).data;

test('a preview has the exact size, people and the sentence', async () => {
  const { data } = await ask('segments.preview', { rule: red });
  expect(data).toMatchObject({ size: 2, total: 4, sentence: 'Customers whose color is “red”.' });
  expect(data.people.map(({ email }: { email: string }) => email)).toEqual(['c0@shop.example', 'c1@shop.example']);
  expect((await ask('segments.preview', { rule: buyers(2) })).data.size).toBe(2);
});

test('a rule with a fault is refused with its path and never widened', async () => {
  const unknown = rule({ type: 'attribute', field: 'attributes.size', test: { operator: 'isSet' } });
  const fault = { code: 'rule_invalid', path: ['rule', 'root', 'field'], details: { reason: 'field_unknown' } };
  expect((await ask('segments.preview', { rule: unknown })).error).toMatchObject(fault);
  expect((await ask('segments.create', { name: 'x', description: '', rule: unknown })).error).toMatchObject(fault);
  const empty = rule({ type: 'all', children: [] });
  expect((await ask('segments.create', { name: 'x', description: '', rule: empty })).error).toMatchObject({
    details: { reason: 'group_empty' },
  });
});

test('a segment is created, read, saved over its version and listed', async () => {
  const made = await create('Reds');
  expect((await ask('segments.size', { segmentId: made.id })).data).toMatchObject({ size: 2, total: 4 });
  const change = { segmentId: made.id, version: 1, name: 'Buyers', description: 'They buy', rule: buyers(1) };
  expect((await ask('segments.save', change)).data).toMatchObject({ version: 2 });
  expect((await ask('segments.save', change)).error).toMatchObject({ code: 'stale' });
  expect((await ask('segments.get', { segmentId: made.id })).data).toMatchObject({
    name: 'Buyers',
    sentence: 'Customers who have at least 1 order since 1 Jan 1998.',
    rule: buyers(1),
  });
  expect((await ask('segments.list')).data[0]).toMatchObject({ id: made.id, description: 'They buy' });
});

test('two segments never have one name, and a duplicate gets one of its own', async () => {
  const made = await create('Twins');
  const again = await ask('segments.create', { name: 'TWINS', description: '', rule: red });
  expect(again.error).toMatchObject({ code: 'segment_name_taken', path: ['name'] });
  expect((await ask('segments.duplicate', { segmentId: made.id })).data.name).toBe('Twins copy');
  expect((await ask('segments.duplicate', { segmentId: made.id })).data.name).toBe('Twins copy 2');
});

test('a segment that a draft uses stays, and the refusal names who uses it', async () => {
  const made = await create('Wanted');
  const campaign = await ask('campaigns.create', { name: 'Spring', channel: 'email', purpose: 'marketing' });
  await app.deps.database.models.campaigns.collection.updateOne(
    { _id: campaign.data.id },
    { $set: { 'audience.include': [made.id] } },
  );
  const refused = await ask('segments.remove', { segmentId: made.id });
  expect(refused.error).toMatchObject({ code: 'segment_in_use', details: { campaigns: [{ id: campaign.data.id }] } });
  await ask('campaigns.remove', { id: campaign.data.id });
  expect((await ask('segments.remove', { segmentId: made.id })).error).toBeNull();
  expect((await ask('segments.get', { segmentId: made.id })).error).toMatchObject({ code: 'not_found' });
});

test('another organization does not find it', async () => {
  const made = await create('Ours');
  const bob = await app.owner();
  const input = { orgId: bob.orgId, segmentId: made.id };
  for (const path of ['segments.get', 'segments.size', 'segments.remove', 'segments.duplicate']) {
    expect((await bob.call(path, input)).error).toMatchObject({ code: 'not_found' });
  }
  expect((await bob.call('segments.preview', { orgId: bob.orgId, rule: buyers(0) })).data.size).toBe(0);
});

test('members are exported as a file in which no cell starts a formula', async () => {
  const made = await create(
    'Coloured',
    rule({ type: 'attribute', field: 'attributes.color', test: { operator: 'isSet' } }),
  );
  const response = await app.app.inject({
    method: 'GET',
    url: `/api/o/${ann.orgId}/segments/${made.id}/members.csv`,
    headers: { cookie: ann.cookie() },
  });
  expect(response.headers['content-disposition']).toContain('Coloured.csv');
  const lines = response.body.trim().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(response.body).toContain("'=cmd()");
  expect(response.body).not.toContain(',=cmd');
});

test('an attribute that a segment asks about stays, and the refusal names the segment', async () => {
  const made = await create('Asks for color');
  const refused = await ask('attributes.remove', { slug: 'color' });
  expect(refused.error).toMatchObject({ code: 'attribute_in_use' });
  expect(refused.error?.details).toMatchObject({
    segments: expect.arrayContaining([{ id: made.id, name: 'Asks for color' }]),
  });
});
