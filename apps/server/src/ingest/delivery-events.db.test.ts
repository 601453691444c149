import { deliveryId, messageId } from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEngine } from '../delivery/delivery.loop.ts';
import { defaultEngineOptions } from '../delivery/engine.ts';
import { checkInvariant, launchSending, type Sending, waitForEnd } from '../delivery/testing/sending-fixture.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { openTracking } from '../tracking/open-tracking.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let key: string;
let sending: Sending;
let unsure: string;

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  const made = await ann.call('apiKeys.create', { orgId: ann.orgId, name: 'Provider', scopes: ['deliveries:report'] });
  key = made.data.key;
});
afterAll(() => server.close());
beforeEach(async () => {
  const { database, channel, now, log } = server.deps;
  for (const name of ['suppressions', 'customers']) await database.driver.collection(name).deleteMany({});
  sending = await launchSending(database, 6, { orgId: ann.orgId });
  const urls = await openTracking(server.deps);
  const engine = startEngine(
    { database, channel, now, log, urls, oneClick: true },
    { ...defaultEngineOptions, pollMs: 20 },
  );
  await waitForEnd(database, sending);
  await engine.stop();
  // As a crash leaves it: nobody knows of the sixth.
  unsure = deliveryId(sending.runId, sending.customerIds[5] as never);
  await database.driver
    .collection<{ _id: string }>('deliveries')
    .updateOne({ _id: unsure }, { $set: { state: 'unknown', reason: 'interrupted' } });
  await database.driver
    .collection('pages')
    .updateOne({ runId: sending.runId }, { $inc: { 'counts.sent': -1, 'counts.unknown': 1 } });
  await database.driver
    .collection<{ _id: string }>('runs')
    .updateOne({ _id: sending.runId }, { $set: { totals: { sent: 5, failed: 0, skipped: 0, unknown: 1 } } });
});

const db = () => server.deps.database.forOrganization(ann.orgId as never);
const at = (minute: number) => `2026-11-20T09:${String(minute).padStart(2, '0')}:00Z`;
const idOf = (i: number) => `<${messageId(sending.runId, sending.customerIds[i] as never, 'shop@example.com')}>`;
const row = (i: number) => db().deliveries.get(deliveryId(sending.runId, sending.customerIds[i] as never));
const report = async (events: object[]) => {
  const headers = { authorization: `Bearer ${key}` };
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/v1/delivery-events',
    headers,
    payload: { events },
  });
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
};

test('what a provider says is written down once, however often and in whatever order it comes', async () => {
  const events = [
    { messageId: idOf(0), type: 'delivered', at: at(5) },
    { messageId: idOf(0), type: 'delivered', at: at(3) },
    { messageId: idOf(1), type: 'bounced', bounce: 'soft', at: at(4), detail: '452 4.2.2 Mailbox full' },
  ];
  expect(await report(events)).toMatchObject({ received: 3, recorded: 2, unchanged: 1, refused: [] });
  expect(await report(events)).toMatchObject({ received: 3, recorded: 0, unchanged: 3, refused: [] });
  expect(await row(0)).toMatchObject({ state: 'sent', deliveredAt: new Date(at(3)) });
  expect(await row(1)).toMatchObject({
    state: 'sent',
    softBouncedAt: new Date(at(4)),
    detail: '452 4.2.2 Mailbox full',
  });
  expect((await row(1))?.bouncedAt).toBeUndefined();
  expect(await db().suppressions.count()).toBe(0);
  expect(await db().campaignReports.figures(sending.campaignId)).toMatchObject({ delivered: 1, bounced: 0 });
});

test('hard bounces and complaints suppress the address; who was taken off the list stays off it when the same comes again', async () => {
  const events = [
    { messageId: idOf(0), type: 'bounced', at: at(1), detail: '550 5.1.1 Unknown' },
    { messageId: idOf(1), type: 'complained', at: at(2) },
  ];
  await report(events);
  const listed = await db().suppressions.list({ limit: 5 });
  expect(listed.map(({ address, reason, scope }) => ({ address, reason, scope }))).toEqual([
    { address: sending.email(1), reason: 'complained', scope: 'all' },
    { address: sending.email(0), reason: 'bounced', scope: 'all' },
  ]);
  expect(listed[1]).toMatchObject({ detail: '550 5.1.1 Unknown', campaignId: sending.campaignId });
  await db().suppressions.remove(listed[1]?._id ?? '');
  await report(events);
  expect(await db().suppressions.count()).toBe(1);
});

test('a message of which nobody knew is sent, in its row and in all counts', async () => {
  const event = { messageId: idOf(5), type: 'delivered', at: at(9) };
  expect(await report([event])).toMatchObject({ recorded: 1, settled: 1 });
  expect(await report([event])).toMatchObject({ recorded: 0, unchanged: 1, settled: 0 });
  expect(await row(5)).toMatchObject({ state: 'sent', reason: null, deliveredAt: new Date(at(9)) });
  expect((await db().progress.of([sending.runId])).get(sending.runId)?.counts).toMatchObject({ sent: 6, unknown: 0 });
  expect(await checkInvariant(server.deps.database, sending, () => 1)).toMatchObject({ sent: 6 });
});

test('each item is refused by itself, with why', async () => {
  const skipped = deliveryId(sending.runId, sending.customerIds[2] as never);
  await server.deps.database.driver
    .collection<{ _id: string }>('deliveries')
    .updateOne({ _id: skipped }, { $set: { state: 'skipped', reason: 'suppressed' } });
  const answer = await report([
    { messageId: idOf(2), type: 'delivered', at: at(1) },
    { messageId: '<somebody-else@example.com>', type: 'delivered', at: at(1) },
    { messageId: idOf(3), type: 'delivered', bounce: 'hard', at: at(1) },
    { messageId: idOf(3), type: 'exploded', at: at(1) },
    { messageId: idOf(3), type: 'delivered', at: 'yesterday' },
    { messageId: idOf(3), type: 'delivered', at: at(1) },
  ]);
  expect(answer).toMatchObject({ received: 6, recorded: 1 });
  expect(answer.refused.map(({ index, code }: { index: number; code: string }) => [index, code])).toEqual([
    [0, 'message_not_sent'],
    [1, 'message_unknown'],
    [2, 'item_invalid'],
    [3, 'item_invalid'],
    [4, 'item_invalid'],
  ]);
  expect(answer.refused[1].message).toContain('no message');
});

test('messages of another organization are unknown', async () => {
  const other = await server.owner();
  const made = await other.call('apiKeys.create', { orgId: other.orgId, name: 'X', scopes: ['deliveries:report'] });
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/v1/delivery-events',
    headers: { authorization: `Bearer ${made.data.key}` },
    payload: { events: [{ messageId: idOf(0), type: 'bounced', at: at(1) }] },
  });
  expect(response.json()).toMatchObject({ recorded: 0, refused: [{ code: 'message_unknown' }] });
  expect((await row(0))?.bouncedAt).toBeUndefined();
  const typed = await ann.call('ingest.deliveryEvents', {
    orgId: ann.orgId,
    events: [{ messageId: idOf(0), type: 'delivered', at: at(1) }],
  });
  expect(typed.data).toMatchObject({ recorded: 1 });
});
