import { newId } from '@mini-crm/db';
import type { SegmentId } from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: Awaited<ReturnType<TestApp['owner']>>;
const at = new Date('2026-01-01T00:00:00Z');

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  owner = await app.owner();
  const sender = { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St\nBoston' };
  await call('organization.update', { timeZone: 'Europe/Berlin', sender });
});

const call = (path: string, input: object = {}) => owner.call(path, { orgId: owner.orgId, ...input });
const db = () => app.deps.database.forOrganization(owner.orgId);
const everyone = { include: 'everyone', exclude: [] };

async function customer(email: string, timeZone: string | null) {
  const nobody = { phone: null, firstName: null, lastName: null, locale: null, attributes: {} };
  const added = await call('customers.create', { externalId: email, email, timeZone: null, ...nobody });
  await db().customers.setConsent(added.data.id, 'email', { state: 'granted', at, how: 'test', source: 'test' });
  // Zones of before they were checked, and of programs, may be unknown.
  await app.database.db.collection('customers').updateOne({ _id: added.data.id }, { $set: { timeZone } });
}

/** A draft to everybody with a schedule. */
async function draft(schedule: object) {
  const created = await call('campaigns.create', { name: 'Spring', audience: everyone });
  const { id } = created.data;
  const { name, channel, purpose, audience, content, sender, version } = (await call('campaigns.get', { id })).data;
  const saved = await call('campaigns.save', {
    ...{ id, version },
    draft: { name, channel, purpose, audience, content, sender, schedule },
  });
  expect(saved.error).toBeNull();
  return { id, version: saved.data.version };
}

const local = (date: string, passed = 'skip') => ({ type: 'local', date, time: '09:00', passed });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the zones of an audience', () => {
  beforeEach(async () => {
    await customer('a@x.example', 'Asia/Tokyo');
    await customer('b@x.example', 'Asia/Tokyo');
    await customer('c@x.example', 'Mars/Olympus');
    await customer('d@x.example', null);
    await customer('e@x.example', 'Europe/Berlin');
  });
  const zones = async (audience: object = everyone, purpose = 'marketing') =>
    (await call('campaigns.zones', { audience, purpose })).data;

  test('are counted with who lives where nobody knows, in the zone of the organization', async () => {
    expect(await zones()).toEqual({
      zones: [
        { zone: 'Asia/Tokyo', count: 2 },
        { zone: 'Europe/Berlin', count: 3 },
      ],
      unknown: 2,
    });
  });

  test('leave out who can not be reached, and zones in which nobody is', async () => {
    await call('suppressions.add', { address: 'A@x.example', scope: 'marketing' });
    await call('suppressions.add', { address: 'b@x.example', scope: 'marketing' });
    expect(await zones()).toMatchObject({ zones: [{ zone: 'Europe/Berlin', count: 3 }] });
    expect((await zones(everyone, 'service')).zones).toHaveLength(2);
  });

  test('are those of a rule that only the evaluator can say', async () => {
    const id = newId('segment');
    const test = { operator: 'startsWith', value: 'a' } as const;
    const root = { type: 'attribute', field: 'email', test, caseSensitive: true } as const;
    await db().segments.insert(id, { name: 'With an a', description: '', rule: { version: 1, root } }, at);
    expect(await zones({ include: [id], exclude: [] })).toMatchObject({ zones: [{ zone: 'Asia/Tokyo', count: 1 }] });
  });

  test('can not be told of a segment that is gone', async () => {
    const gone: SegmentId = newId('segment');
    expect(await zones({ include: [gone], exclude: [] })).toMatchObject({ faults: [{ code: 'segment_missing' }] });
  });
});

describe('a campaign at a local time', () => {
  test('waits for the first of its zones, and goes back to its author without that instant', async () => {
    await customer('a@x.example', 'Asia/Tokyo');
    await customer('b@x.example', 'America/New_York');
    const { id, version } = await draft(local('2031-03-09'));
    expect((await call('campaigns.schedule', { id, version })).error).toBeNull();
    const scheduled = (await call('campaigns.get', { id })).data;
    expect(scheduled).toMatchObject({
      state: 'scheduled',
      schedule: { type: 'local', at: '2031-03-09T00:00:00.000Z' },
    });
    const due = await app.deps.database.campaignQueue.due(new Date('2031-03-09T00:00:00Z'), 10);
    expect(due.map(({ campaignId }) => campaignId)).toContain(id);
    await call('campaigns.unschedule', { id });
    const {
      name,
      channel,
      purpose,
      audience,
      content,
      sender,
      schedule,
      version: now,
    } = (await call('campaigns.get', { id })).data;
    const again = { name, channel, purpose, audience, content, sender, schedule };
    expect((await call('campaigns.save', { id, version: now, draft: again })).error).toBeNull();
    expect((await call('campaigns.get', { id })).data.schedule).toMatchObject({ ...local('2031-03-09'), at: null });
  });

  test('is launched at once where its time has begun, and its run keeps how each zone gets its turn', async () => {
    await customer('a@x.example', 'Pacific/Kiritimati');
    const { id, version } = await draft(local(inDays(0), 'tomorrow'));
    expect((await call('campaigns.launch', { id, version, confirmed: 1 })).error).toBeNull();
    const run = await app.database.db.collection('runs').findOne({ campaignId: id });
    expect(run?.timing).toEqual({ ...local(inDays(0), 'tomorrow'), zone: 'Europe/Berlin' });
    expect((await call('campaigns.get', { id })).data.sending.timing).toMatchObject({ type: 'local' });
  });

  test.each([
    ['has passed all over the earth', -3, 'now'],
    ['has passed for everybody, who would get nothing', -1, 'skip'],
  ])('that %s is refused', async (_what, days, passed) => {
    await customer('a@x.example', 'Pacific/Kiritimati');
    const { id, version } = await draft(local(inDays(days), passed));
    const review = await call('campaigns.check', { id });
    expect(review.data.faults).toContainEqual({ code: 'schedule_in_past', path: ['schedule', 'at'] });
    for (const [path, input] of [
      ['campaigns.schedule', {}],
      ['campaigns.launch', { confirmed: 1 }],
    ] as const) {
      expect((await call(path, { id, version, ...input })).error).toMatchObject({ code: 'campaign_not_ready' });
    }
  });
});

test('a spread without a beginning is launched, not scheduled', async () => {
  await customer('a@x.example', null);
  const { id, version } = await draft({ type: 'spread', at: null, hours: 3 });
  expect((await call('campaigns.schedule', { id, version })).error).toMatchObject({ code: 'invalid_input' });
  expect((await call('campaigns.launch', { id, version, confirmed: 1 })).error).toBeNull();
  expect((await app.database.db.collection('runs').findOne({ campaignId: id }))?.timing).toEqual({
    type: 'spread',
    hours: 3,
  });
});

test('caps and quiet hours are the organization’s, and none before they are set', async () => {
  expect((await call('organization.get')).data.sending).toEqual({ frequencyCap: null, quietHours: null });
  const sending = { frequencyCap: { messages: 2, days: 7 }, quietHours: { from: '21:00', to: '08:00' } };
  expect((await call('organization.updateSending', sending)).error).toBeNull();
  await call('organization.update', { name: 'Another name' });
  expect((await call('organization.get')).data.sending).toEqual(sending);
  for (const wrong of [
    { ...sending, frequencyCap: { messages: 0, days: 7 } },
    { ...sending, quietHours: { from: '08:00', to: '08:00' } },
    { ...sending, quietHours: { from: '25:00', to: '08:00' } },
  ]) {
    expect((await call('organization.updateSending', wrong)).error).not.toBeNull();
  }
});
