import { settleGroup } from '@mini-crm/db';
import { type TestDatabase, testDatabase } from '@mini-crm/db/testing';
import { builtPageId } from '@mini-crm/domain';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { commandCampaign } from '../campaigns/campaign-commands.ts';
import { type SmtpLedger, startSmtp } from '../testing/smtp-ledger.ts';
import { trackingUrls } from '../tracking/tracking-urls.ts';
import type { RunningLoop } from '../worker/loop.ts';
import type { DeliveryChannel } from './channels/channel.ts';
import { outboxChannel } from './channels/outbox-channel.ts';
import { smtpChannel } from './channels/smtp-channel.ts';
import { startEngine } from './delivery.loop.ts';
import { defaultEngineOptions, type EngineOptions } from './engine.ts';
import { startLoginSmtp } from './testing/login-smtp.ts';
import { checkInvariant, launchSending, until, waitForEnd } from './testing/sending-fixture.ts';

const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
const now = () => new Date();
const quick: EngineOptions = {
  ...defaultEngineOptions,
  groupSize: 10,
  leaseMs: 1_000,
  pollMs: 20,
  retry: { attempts: 3, firstPauseMs: 100, factor: 2, longestPauseMs: 1_000 },
  breaker: { firstPauseMs: 100, factor: 2, longestPauseMs: 500 },
};

let test_: TestDatabase;
let smtp: SmtpLedger;
const running: RunningLoop[] = [];
beforeAll(async () => {
  test_ = await testDatabase();
  smtp = await startSmtp();
});
afterAll(async () => {
  await smtp.stop();
  await test_.close();
});
beforeEach(() => {
  smtp.acceptAll();
  smtp.clear();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((loop) => loop.stop()));
  await test_.clear();
});

const messagesFor = (address: string) => smtp.to(address).length;
const overSmtp = () => smtpChannel({ url: smtp.url, connections: 5, timeoutMs: 2_000, now });

function start(channel: DeliveryChannel = overSmtp(), options: EngineOptions = quick): RunningLoop {
  const urls = trackingUrls('https://crm.example', 'a secret for tests');
  const loop = startEngine({ database: test_.database, log, now, channel, urls, oneClick: true }, options);
  running.push(loop);
  return loop;
}

const campaignOf = (sending: { orgId: never; campaignId: never } | Awaited<ReturnType<typeof launchSending>>) =>
  test_.database.forOrganization(sending.orgId).campaigns.get(sending.campaignId);

test('sends each person one message and ends the campaign', async () => {
  const sending = await launchSending(test_.database, 250);
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toEqual({
    sent: 250,
    failed: 0,
    skipped: 0,
    unknown: 0,
  });
  expect((await campaignOf(sending))?.state).toBe('sent');
  const run = await test_.database.forOrganization(sending.orgId).runs.get(sending.runId);
  expect(run).toMatchObject({ state: 'finished', planned: 250 });
});

test('writes a message that mail programs can unsubscribe from and that leads through signed links', async () => {
  const sending = await launchSending(test_.database, 1);
  start();
  await waitForEnd(test_.database, sending);
  const { headers, html, text } = (await smtp.waitFor('c0@test.example')).message;
  const id = `${sending.runId}.${sending.customerIds[0]}`;
  expect(headers.get('message-id')).toEqual([`<${id}@example.com>`]);
  expect(headers.get('from')).toEqual(['The Shop <shop@example.com>']);
  expect(headers.get('reply-to')).toEqual(['help@example.com']);
  expect(headers.get('subject')).toEqual(['News for Ann0']);
  expect(headers.get('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  expect(headers.get('list-unsubscribe')?.[0]).toMatch(/^<https:\/\/crm\.example\/u\/[\w-]{100}>$/);
  expect(html).toContain('Hello Ann0');
  expect(html).toMatch(/https:\/\/crm\.example\/t\/c\/[\w-]{101}/);
  expect(html).toMatch(/https:\/\/crm\.example\/t\/o\/[\w-]{100}\.gif/);
  expect(text).toContain('Hello Ann0');
});

test('two workers share the work and mail nobody twice', async () => {
  const sending = await launchSending(test_.database, 600);
  start();
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 600 });
});

test('an empty audience ends at once', async () => {
  const sending = await launchSending(test_.database, 0);
  start();
  await waitForEnd(test_.database, sending);
  expect((await campaignOf(sending))?.state).toBe('sent');
});

test('tries a temporary failure again, and only that', async () => {
  const sending = await launchSending(test_.database, 40);
  smtp.answer({ recipient: /^c(3|17)@/, stage: 'rcpt', code: 451, times: 3 });
  smtp.answer({ recipient: /^c5@/, stage: 'data', code: 450, text: '4.2.0 try later', times: 1 });
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 40 });
  const attempts = await test_.db.collection('deliveries').distinct('attempt');
  expect(attempts.sort()).toEqual([1, 2, 3]);
});

test('gives up on a temporary failure after its last attempt, with the words of the server', async () => {
  const sending = await launchSending(test_.database, 12);
  smtp.answer({ recipient: /^c3@/, stage: 'rcpt', code: 452, text: '4.2.2 mailbox is full' });
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 11, failed: 1 });
  const row = await test_.db.collection('deliveries').findOne({ state: 'failed' });
  expect(row).toMatchObject({
    reason: 'retries_exhausted',
    attempt: 3,
    detail: expect.stringContaining('mailbox is full'),
  });
});

test('does not try a permanent failure again', async () => {
  const sending = await launchSending(test_.database, 12);
  smtp.answer({ recipient: /^c3@/, stage: 'rcpt', code: 550, text: '5.1.1 no such user' });
  smtp.answer({ recipient: /^c4@/, stage: 'data', code: 554, text: '5.7.1 spam' });
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 10, failed: 2 });
  const rows = await test_.db.collection('deliveries').find({ state: 'failed' }).sort({ address: 1 }).toArray();
  expect(rows.map(({ reason, attempt }) => ({ reason, attempt }))).toEqual([
    { reason: 'address_unknown', attempt: 1 },
    { reason: 'policy_refused', attempt: 1 },
  ]);
  expect(smtp.refused).toHaveLength(2);
});

test('looks at consent, suppression and address again at the hand-over', async () => {
  const sending = await launchSending(test_.database, 30);
  const db = test_.database.forOrganization(sending.orgId);
  const customers = test_.db.collection<{ _id: string }>('customers');
  // The audience is written first, then people change their minds.
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'pause' }, now());
  start();
  await until(async () => (await db.runs.get(sending.runId))?.builtAt != null);
  const [a, b, c, d] = sending.customerIds;
  await customers.updateOne({ _id: a ?? '' }, { $set: { 'consents.email.state': 'withdrawn' } });
  await db.suppressions.add({
    channel: 'email',
    address: 'C1@test.example',
    scope: 'marketing',
    reason: 'manual',
    at: now(),
  });
  await customers.updateOne({ _id: c ?? '' }, { $set: { email: null, 'folded.email': null } });
  await customers.deleteOne({ _id: d ?? '' });
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'resume' }, now());
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 26, skipped: 4 });
  const reason = async (id: string | undefined) =>
    (
      await test_.db
        .collection<{ _id: string; reason: string }>('deliveries')
        .findOne({ _id: `${sending.runId}:${id}` })
    )?.reason;
  expect([await reason(a), await reason(b), await reason(c), await reason(d)]).toEqual([
    'no_consent',
    'suppressed',
    'no_address',
    'customer_removed',
  ]);
});

test('a pause takes effect within one group, and a resume sends the rest', async () => {
  const sending = await launchSending(test_.database, 400);
  smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  start();
  await until(() => smtp.accepted.length > 60);
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'pause' }, now());
  const atPause = smtp.accepted.length;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = smtp.accepted.length;
  expect(after - atPause).toBeLessThanOrEqual(quick.groupSize * quick.pagesAtOnce * 2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(smtp.accepted.length).toBe(after);
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'resume' }, now());
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 400 });
});

test('a cancel leaves nobody without a row', async () => {
  const sending = await launchSending(test_.database, 400);
  smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  start();
  await until(() => smtp.accepted.length > 60);
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'cancel' }, now());
  await waitForEnd(test_.database, sending);
  const counts = await checkInvariant(test_.database, sending, messagesFor);
  expect(counts.sent + counts.skipped).toBe(400);
  expect(counts.skipped).toBeGreaterThan(200);
  expect(await test_.db.collection('deliveries').distinct('reason', { state: 'skipped' })).toEqual(['cancelled']);
  expect((await campaignOf(sending))?.state).toBe('cancelled');
});

test('a cancel before the audience is complete leaves nobody without a row', async () => {
  const sending = await launchSending(test_.database, 250);
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'cancel' }, now());
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ skipped: 250 });
});

test('waits for a server that is out of order without spending attempts', async () => {
  const port = smtp.port;
  await smtp.stop();
  const sending = await launchSending(test_.database, 60);
  start(smtpChannel({ url: `smtp://127.0.0.1:${port}`, connections: 5, timeoutMs: 1_000, now }));
  const db = test_.database.forOrganization(sending.orgId);
  await until(async () => (await db.runWork.trouble(sending.runId)) !== null);
  expect(await db.runWork.trouble(sending.runId)).toMatchObject({ fault: 'unreachable' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await test_.db.collection('deliveries').countDocuments()).toBe(0);
  smtp = await startSmtp({ port });
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 60 });
  expect(await test_.db.collection('deliveries').distinct('attempt')).toEqual([1]);
  expect(await db.runWork.trouble(sending.runId)).toBeNull();
});

test('takes over from a worker that died: unknown is the group in hand, the rest goes out', async () => {
  const sending = await launchSending(test_.database, 600);
  smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  const dead = start();
  await until(() => smtp.accepted.length > 20);
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'pause' }, now());
  await dead.stop();
  // What a killed worker leaves: a page in its name, marked further than it is settled.
  const pages = test_.db.collection<{ _id: string; settled: number }>('pages');
  const page = await pages.findOne({ state: 'ready', settled: { $lte: 90 } });
  await pages.updateOne(
    { _id: page?._id ?? '' },
    { $set: { state: 'claimed', token: 'dead', mark: (page?.settled ?? 0) + 10 } },
  );
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'resume' }, now());
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 590, unknown: 10 });
});

test('a worker that is told to stop finishes its groups, and the next one goes on at once', async () => {
  const sending = await launchSending(test_.database, 300);
  smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  const first = start();
  await until(() => smtp.accepted.length > 40);
  await first.stop();
  const stopped = smtp.accepted.length;
  expect(stopped).toBeLessThan(300);
  expect(await test_.db.collection('pages').countDocuments({ state: 'claimed' })).toBe(0);
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 300 });
});

test('the outbox keeps each message once, also when a dead worker had handed it over', async () => {
  const sending = await launchSending(test_.database, 120);
  const channel = outboxChannel(test_.database, now);
  const db = test_.database.forOrganization(sending.orgId);
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'pause' }, now());
  start(channel);
  await until(async () => (await db.runs.get(sending.runId))?.builtAt != null);
  await test_.db.collection('pages').updateOne({}, { $set: { state: 'claimed', token: 'dead', mark: 50 } });
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'resume' }, now());
  await waitForEnd(test_.database, sending);
  const kept = await test_.db.collection('outbox').find({}).toArray();
  const count = (address: string) => kept.filter((message) => message.to === address).length;
  expect(await checkInvariant(test_.database, sending, count)).toMatchObject({ sent: 120 });
});

test('a refused login pauses the campaign with its reason, and a resume sends to everybody', async () => {
  const server = await startLoginSmtp('ann', 'secret');
  const sending = await launchSending(test_.database, 30);
  const url = (password: string) => `smtp://ann:${password}@127.0.0.1:${server.port}`;
  const wrong = start(smtpChannel({ url: url('wrong'), connections: 2, timeoutMs: 1_000, now }));
  await until(async () => (await campaignOf(sending))?.state === 'paused');
  expect((await campaignOf(sending))?.failure).toMatchObject({ code: 'login_refused' });
  await wrong.stop();
  expect(await test_.db.collection('deliveries').countDocuments()).toBe(0);
  start(smtpChannel({ url: url('secret'), connections: 2, timeoutMs: 1_000, now }));
  await commandCampaign(test_.database, sending.orgId, sending.campaignId, { type: 'resume' }, now());
  await waitForEnd(test_.database, sending);
  const counts = await test_.database.forOrganization(sending.orgId).pages.counts(sending.runId);
  expect(counts).toEqual({ sent: 30, failed: 0, skipped: 0, unknown: 0 });
  await server.stop();
});

test('a worker that was frozen replaces the guess about its group by what came of it', async () => {
  const sending = await launchSending(test_.database, 10);
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const channel = overSmtp();
  let asked = 0;
  start({
    ...channel,
    async send(batch) {
      asked++;
      await held;
      return channel.send(batch);
    },
  });
  await until(() => asked === 1);
  // Another worker took the page over and, as nobody could know better, wrote everybody down as unknown.
  const db = test_.database.forOrganization(sending.orgId);
  const page = await test_.database.models.pages.collection.findOne({});
  if (!page) throw new Error('no page');
  const rows = sending.customerIds.map((customerId, i) => ({
    id: `${sending.runId}:${customerId}`,
    runId: sending.runId,
    campaignId: sending.campaignId,
    customerId,
    channel: 'email' as const,
    address: sending.email(i),
    name: '',
    state: 'unknown' as const,
    reason: 'interrupted' as const,
    detail: null,
    attempt: 1,
    messageId: null,
    at: now(),
    opens: 0,
    clicks: [],
  }));
  const hold = { id: String(page._id), token: String(page.token), beat: Number(page.beat) };
  let taken = await db.pages.takeOver(hold, 'thief');
  while (!taken) {
    const [current] = await db.pages.held(sending.runId);
    taken = current ? await db.pages.takeOver(current, 'thief') : null;
  }
  const settled = await settleGroup(db, test_.database.transaction, {
    page: taken,
    token: 'thief',
    group: { from: 0, to: 10 },
    rows,
    retries: [],
  });
  expect(settled).toBe(true);
  go();
  await until(async () => (await db.pages.counts(sending.runId)).sent === 10);
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 10, unknown: 0 });
});

test('an audience that a dead builder left half-written is completed by another, each person once', async () => {
  const sending = await launchSending(test_.database, 450);
  const db = test_.database.forOrganization(sending.orgId);
  await test_.database.transaction((session) =>
    db.pages.insertMany(
      [0, 1].map((i) => ({
        id: builtPageId(sending.runId, i),
        runId: sending.runId,
        campaignId: sending.campaignId,
        customerIds: sending.customerIds.slice(i * 100, (i + 1) * 100),
        parent: null,
        attempt: 1,
        dueAt: now(),
      })),
      session,
    ),
  );
  await db.runWork.claimBuilder(sending.runId, 'dead', null);
  start();
  start();
  await waitForEnd(test_.database, sending);
  expect(await checkInvariant(test_.database, sending, messagesFor)).toMatchObject({ sent: 450 });
  expect((await db.runs.get(sending.runId))?.planned).toBe(450);
});
