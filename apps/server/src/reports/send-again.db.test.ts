import { deliveryId, type RunId } from '@mini-crm/domain';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { smtpChannel } from '../delivery/channels/smtp-channel.ts';
import { startEngine } from '../delivery/delivery.loop.ts';
import { quick } from '../delivery/testing/engine-stage.ts';
import { checkInvariant, launchSending, type Sending, until, waitForEnd } from '../delivery/testing/sending-fixture.ts';
import { listFillingLoop } from '../segments/list-filling.loop.ts';
import { type SmtpLedger, startSmtp } from '../testing/smtp-ledger.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { openTracking } from '../tracking/open-tracking.ts';
import type { RunningLoop } from '../worker/loop.ts';

let server: TestApp;
let smtp: SmtpLedger;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let sending: Sending;
let engine: RunningLoop;

beforeAll(async () => {
  server = await testApp({ PUBLIC_URL: 'https://crm.example' });
  smtp = await startSmtp();
  ann = await server.owner();
});
afterAll(async () => {
  await smtp.stop();
  await server.close();
});
beforeEach(async () => {
  smtp.acceptAll();
  smtp.clear();
  const { database, now } = server.deps;
  for (const name of ['customers', 'deliveries', 'suppressions']) await database.driver.collection(name).deleteMany({});
  const channel = smtpChannel({ url: smtp.url, connections: 5, timeoutMs: 2_000, now });
  const urls = await openTracking(server.deps);
  const log = pino({ level: 'silent' });
  engine = startEngine({ database, log, now, channel, urls, oneClick: true }, quick);
});
afterEach(() => engine.stop());

const db = () => server.deps.database.forOrganization(ann.orgId as never);
const call = (path: string, input: object, who = ann) => who.call(path, { orgId: ann.orgId, ...input });
const report = async (id: string = sending.campaignId) => (await call('reports.campaign', { id })).data;
const got = (i: number) => smtp.to(sending.email(i)).length;

/** Twenty people, of whom three have a full mailbox and one has none; of one more nobody knows. */
async function launch() {
  smtp.answer({ recipient: /^c[0-2]@/, stage: 'rcpt', code: 552, text: '5.2.2 Mailbox full' });
  smtp.answer({ recipient: /^c3@/, stage: 'rcpt', code: 550, text: '5.1.1 No such user' });
  sending = await launchSending(server.deps.database, 20, { orgId: ann.orgId as never });
  await waitForEnd(server.deps.database, sending);
  const unsure = deliveryId(sending.runId, sending.customerIds[19] as never);
  const { driver } = server.deps.database;
  await driver
    .collection<{ _id: string }>('deliveries')
    .updateOne({ _id: unsure }, { $set: { state: 'unknown', reason: 'interrupted' } });
  smtp.acceptAll();
}
const ended = async (id: string): Promise<Sending> => {
  const runId = (await db().campaigns.get(id as never))?.runId as RunId;
  const again = { ...sending, campaignId: id as never, runId };
  await waitForEnd(server.deps.database, again);
  return again;
};

test('sends to those who surely did not get it, once, however often and by whom it is asked for', async () => {
  await launch();
  expect((await report()).sendAgain).toMatchObject({ counts: { missed: 3, unsure: 1 }, ready: true, campaigns: [] });
  const input = { id: sending.campaignId, kinds: ['missed'], confirmed: 3 };
  const bob = await server.member(ann, 'marketer');
  const answers = await Promise.all([
    call('reports.sendAgain', input),
    call('reports.sendAgain', input, bob as never),
    call('reports.sendAgain', input),
  ]);
  const ids = new Set(answers.map(({ data }) => data.id));
  expect(ids.size).toBe(1);
  expect(answers.filter(({ data }) => !data.already)).toHaveLength(1);
  const [id] = [...ids] as [string];
  const again = await ended(id);
  expect([0, 1, 2, 3, 4, 19].map(got)).toEqual([1, 1, 1, 0, 1, 1]);
  await checkInvariant(server.deps.database, { ...again, customerIds: sending.customerIds.slice(0, 3) }, () => 1);
  expect((await call('reports.sendAgain', input)).data).toEqual({ id, already: true });
  // A report that took long is shown for a while before it is counted anew.
  await expect
    .poll(async () => (await report()).sendAgain.campaigns, { timeout: 45_000 })
    .toMatchObject([{ id, name: 'News (again)', kinds: ['missed'] }]);
  expect(await report(id)).toMatchObject({
    recipients: 3,
    figures: { sent: 3 },
    again: { campaignId: sending.campaignId, name: 'News' },
  });
  expect((await call('reports.sendAgain', { id, kinds: ['missed'], confirmed: 5 })).error?.code).toBe('nobody_missed');
});

test('goes to the unsure only where somebody says so, and nobody is taken twice by two campaigns', async () => {
  await launch();
  const unsure = { id: sending.campaignId, kinds: ['unsure'], confirmed: 1 };
  const { data } = await call('reports.sendAgain', unsure);
  await ended(data.id);
  expect([0, 18, 19].map(got)).toEqual([0, 1, 2]);
  // What nobody knew turns out to have failed: it was sent again already, and is not once more.
  const row = deliveryId(sending.runId, sending.customerIds[19] as never);
  await server.deps.database.driver
    .collection<{ _id: string }>('deliveries')
    .updateOne({ _id: row }, { $set: { state: 'failed', reason: 'retries_exhausted' } });
  const missed = await call('reports.sendAgain', { id: sending.campaignId, kinds: ['missed'], confirmed: 4 });
  await ended(missed.data.id);
  expect([0, 18, 19].map(got)).toEqual([1, 1, 2]);
});

test('who unsubscribed since gets a row that says so, and no message', async () => {
  await launch();
  await db().suppressions.add({
    ...({ channel: 'email', scope: 'marketing', reason: 'unsubscribed' } as const),
    address: sending.email(0),
    at: new Date(),
  });
  const { data } = await call('reports.sendAgain', {
    id: sending.campaignId,
    kinds: ['missed', 'unsure'],
    confirmed: 4,
  });
  await ended(data.id);
  expect([0, 1, 2, 19].map(got)).toEqual([0, 1, 1, 2]);
  expect((await report(data.id)).figures).toMatchObject({ sent: 3, skipped: 1, reasons: [{ reason: 'suppressed' }] });
});

test('is refused while it goes on, to more people than were seen, and by who may not', async () => {
  await launch();
  const input = { id: sending.campaignId, kinds: ['missed'], confirmed: 2 };
  expect((await call('reports.sendAgain', input)).error?.code).toBe('audience_grown');
  const analyst = await server.member(ann, 'analyst');
  expect((await call('reports.sendAgain', input, analyst as never)).error?.code).toBe('not_permitted');
  await server.deps.database.driver
    .collection<{ _id: string }>('campaigns')
    .updateOne({ _id: sending.campaignId }, { $set: { state: 'sending' } });
  expect((await call('reports.sendAgain', { ...input, confirmed: 3 })).error?.code).toBe('campaign_state');
});

test('makes a list of those who got it', async () => {
  await launch();
  const filling = listFillingLoop.start(server.deps as never);
  const { data } = await call('reports.listOfSent', { id: sending.campaignId });
  expect(data.name).toBe('Got “News”');
  await until(async () => {
    const segment = await db().segments.get(data.id);
    return segment?.kind === 'static' && segment.filling === null;
  });
  await filling.stop();
  const { items } = await db().segmentMembers.page(data.id, null, 100);
  expect(items.map(({ customerId }) => customerId)).toEqual(sending.customerIds.slice(4, 19));
  expect((await call('reports.listOfSent', { id: sending.campaignId })).data.name).toBe('Got “News” 2');
  expect((await call('reports.listOfSent', { id: sending.campaignId, name: 'GOT “news”' })).error?.code).toBe(
    'segment_name_taken',
  );
});
