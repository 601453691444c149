import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  const listed = (await ask('segments.list')).data.find(({ id }: { id: string }) => id === made.id);
  expect(listed.uses).toEqual({ campaigns: 1, segments: 0 });
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

test('an option that a segment asks for stays, and others may go', async () => {
  const options = ['Basic', 'Pro', 'Old'];
  await ask('attributes.create', { slug: 'plan', label: 'Plan', type: 'enum', options });
  const pro = rule({ type: 'attribute', field: 'attributes.plan', test: { operator: 'in', values: ['Pro'] } });
  const made = await create('Pros', pro);
  const change = (left: string[]) => ask('attributes.update', { slug: 'plan', label: 'Plan', options: left });
  expect((await change(['Basic', 'Old'])).error).toMatchObject({
    code: 'attribute_in_use',
    details: { segments: [{ id: made.id, name: 'Pros' }] },
  });
  expect((await change(['Basic', 'Pro'])).error).toBeNull();
});

describe('a segment that names another', () => {
  const inSegment = (segmentId: string) => rule({ type: 'inSegment', segmentId });
  const save = (segmentId: string, name: string, of: object, version = 1) =>
    ask('segments.save', { segmentId, version, name, description: '', rule: of });

  test('is who is in that one, also when it changes', async () => {
    const reds = await create('Red ones');
    const named = await create('Named reds', inSegment(reds.id));
    expect((await ask('segments.size', { segmentId: named.id })).data.size).toBe(2);
    await save(reds.id, 'Red ones', buyers(3));
    expect((await ask('segments.size', { segmentId: named.id })).data.size).toBe(1);
    expect((await ask('segments.get', { segmentId: named.id })).data.sentence).toContain('Red ones');
  });

  test('can’t be made to name itself, neither directly nor through others', async () => {
    const first = await create('Ring 1');
    const second = await create('Ring 2', inSegment(first.id));
    const third = await create('Ring 3', inSegment(second.id));
    for (const id of [first.id, third.id]) {
      expect((await save(first.id, 'Ring 1', inSegment(id))).error).toMatchObject({
        code: 'rule_invalid',
        path: ['rule', 'root', 'segmentId'],
        details: { reason: 'segment_cycle' },
      });
    }
  });

  test('never names itself by two saves at once either', async () => {
    const left = await create('Left');
    const right = await create('Right');
    const saved = async (id: string, name: string, of: object) => {
      const { version } = (await ask('segments.get', { segmentId: id })).data;
      return ask('segments.save', { segmentId: id, version, name, description: '', rule: of });
    };
    for (let turn = 0; turn < 5; turn++) {
      const both = await Promise.all([
        saved(left.id, 'Left', inSegment(right.id)),
        saved(right.id, 'Right', inSegment(left.id)),
      ]);
      expect(both.some(({ error }) => JSON.stringify(error ?? {}).includes('segment_cycle'))).toBe(true);
      for (const { id } of [left, right]) expect((await ask('segments.size', { segmentId: id })).data.size).toBe(2);
      for (const { id, name } of [left, right]) await saved(id, name, red);
    }
  });

  test('goes five deep and no deeper, from whichever end it grows', async () => {
    const chain = [await create('Deep 0')];
    for (let i = 1; i <= 5; i++) chain.push(await create(`Deep ${i}`, inSegment(chain[i - 1].id)));
    const refused = await ask('segments.create', { name: 'Deep 6', description: '', rule: inSegment(chain[5].id) });
    expect(refused.error).toMatchObject({ code: 'rule_invalid', details: { reason: 'segments_too_deep' } });
    const bottom = await create('Bottom');
    expect((await save(chain[0].id, 'Deep 0', inSegment(bottom.id))).error).toMatchObject({
      code: 'rule_invalid',
      path: ['rule', 'root'],
      details: { reason: 'segments_too_deep', segment: { id: chain[5].id, name: 'Deep 5' } },
    });
  });

  test('keeps it: the refusal names who uses it, and so does its list of uses', async () => {
    const base = await create('Base');
    const user = await create('Built on base', inSegment(base.id));
    expect((await ask('segments.uses', { segmentId: base.id })).data).toEqual({
      campaigns: [],
      segments: [{ id: user.id, name: 'Built on base' }],
    });
    expect((await ask('segments.remove', { segmentId: base.id })).error).toMatchObject({
      code: 'segment_in_use',
      details: { segments: [{ id: user.id }] },
    });
    await ask('segments.remove', { segmentId: user.id });
    expect((await ask('segments.remove', { segmentId: base.id })).error).toBeNull();
  });
});

test('an archived segment leaves the lists and goes on working for who names it', async () => {
  const base = await create('Old');
  const user = await create('Built on old', rule({ type: 'inSegment', segmentId: base.id }));
  await ask('segments.archive', { segmentId: base.id });
  const names = async (input: object) =>
    (await ask('segments.list', input)).data.map(({ name }: { name: string }) => name);
  expect(await names({})).not.toContain('Old');
  expect(await names({ archived: true })).toContain('Old');
  const { segments } = (await ask('segments.fields')).data;
  expect(segments).toContainEqual({ id: base.id, name: 'Old', archived: true });
  expect((await ask('segments.size', { segmentId: user.id })).data.size).toBe(2);
  await ask('segments.unarchive', { segmentId: base.id });
  expect(await names({})).toContain('Old');
});

test('of two saved at once under one name, one is refused', async () => {
  const made = await Promise.all(
    Array.from({ length: 5 }, () => ask('segments.create', { name: 'Race', description: '', rule: red })),
  );
  expect(made.filter(({ error }) => error === null)).toHaveLength(1);
  expect(made.flatMap(({ error }) => error?.code ?? [])).toEqual(Array(4).fill('segment_name_taken'));
});

test('an overlap is exact', async () => {
  const reds = await create('Overlap');
  const shared = await ask('segments.overlap', { rule: buyers(1), segmentId: reds.id });
  expect(shared.data).toMatchObject({ both: 1, other: 2 });
});

test('an overlap is exact with a segment that names others', async () => {
  const base = await create('Named in an overlap');
  const user = await create('Names in an overlap', rule({ type: 'inSegment', segmentId: base.id }));
  const shared = await ask('segments.overlap', { rule: buyers(1), segmentId: user.id });
  expect(shared.data).toMatchObject({ both: 1, other: 2 });
});

test('a preview says how many can be reached, who counted and when', async () => {
  const { data } = await ask('segments.preview', { rule: red });
  expect(data).toMatchObject({ reach: { email: 0, sms: 0 }, source: 'database', state: { status: 'off' } });
  expect(Math.abs(Date.parse(data.at) - Date.now())).toBeLessThan(60_000);
});

describe('the first day', () => {
  test('has five segments that count and say themselves, in the currency of the organization', async () => {
    const bob = await app.owner();
    const call = (path: string, input: object = {}) => bob.call(path, { orgId: bob.orgId, ...input });
    const { data } = await call('segments.list');
    expect(data.map(({ name }: { name: string }) => name)).toEqual([
      'Best customers',
      'New customers',
      'Lapsed customers',
      'One order so far',
      'No order yet',
    ]);
    for (const { id, sentence } of data) {
      expect(sentence).toMatch(/^Customers/);
      expect((await call('segments.size', { segmentId: id })).data).toMatchObject({ size: 0, total: 0 });
    }
    await call('segments.save', { segmentId: data[4].id, version: 1, name: 'Mine', description: '', rule: red2 });
    await call('organization.update', { currency: 'EUR' });
    const after = (await call('segments.list')).data;
    expect(after.find(({ name }: { name: string }) => name === 'Best customers').rule.root.measure.currency).toBe(
      'EUR',
    );
    expect(after.find(({ name }: { name: string }) => name === 'Mine').rule).toEqual(red2);
  });
});
const red2 = rule({ type: 'everyone' });
