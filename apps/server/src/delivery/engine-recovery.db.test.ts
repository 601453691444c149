import { settleGroup } from '@mini-crm/db';
import { builtPageId } from '@mini-crm/domain';
import { expect, test } from 'vitest';
import { startSmtp } from '../testing/smtp-ledger.ts';
import { outboxChannel } from './channels/outbox-channel.ts';
import { smtpChannel } from './channels/smtp-channel.ts';
import { engineStage } from './testing/engine-stage.ts';
import { startLoginSmtp } from './testing/login-smtp.ts';
import { until } from './testing/sending-fixture.ts';

const stage = engineStage();

test('waits for a server that is out of order without spending attempts', async () => {
  const port = stage.smtp.port;
  await stage.smtp.stop();
  const sending = await stage.launch(60);
  stage.start(smtpChannel({ url: `smtp://127.0.0.1:${port}`, connections: 5, timeoutMs: 1_000, now: stage.now }));
  const db = stage.db(sending);
  await until(async () => (await db.runWork.trouble(sending.runId)) !== null);
  expect(await db.runWork.trouble(sending.runId)).toMatchObject({ fault: 'unreachable' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await stage.store.db.collection('deliveries').countDocuments()).toBe(0);
  stage.smtp = await startSmtp({ port });
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 60 });
  expect(await stage.store.db.collection('deliveries').distinct('attempt')).toEqual([1]);
  expect(await db.runWork.trouble(sending.runId)).toBeNull();
});

test('takes over from a worker that died: unknown is the group in hand, the rest goes out', async () => {
  const sending = await stage.launch(600);
  stage.smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  const dead = stage.start();
  await until(() => stage.smtp.accepted.length > 20);
  await stage.command(sending, { type: 'pause' });
  await dead.stop();
  // What a killed worker leaves: a page in its name, marked further than it is settled.
  const pages = stage.store.db.collection<{ _id: string; settled: number }>('pages');
  const page = await pages.findOne({ state: 'ready', settled: { $lte: 90 } });
  await pages.updateOne(
    { _id: page?._id ?? '' },
    { $set: { state: 'claimed', token: 'dead', mark: (page?.settled ?? 0) + 10 } },
  );
  await stage.command(sending, { type: 'resume' });
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 590, unknown: 10 });
  // Lists read what it came to from the run, without its pages.
  await pages.updateMany({ runId: sending.runId } as never, { $set: { counts: null } } as never);
  const progress = await stage.db(sending).progress.of([sending.runId]);
  expect(progress.get(sending.runId)?.counts).toEqual({ sent: 590, failed: 0, skipped: 0, unknown: 10 });
});

test('the outbox keeps each message once, also when a dead worker had handed it over', async () => {
  const sending = await stage.launch(120);
  const channel = outboxChannel(stage.store.database, stage.now);
  const db = stage.db(sending);
  await stage.command(sending, { type: 'pause' });
  stage.start(channel);
  await until(async () => (await db.runs.get(sending.runId))?.builtAt != null);
  await stage.store.db.collection('pages').updateOne({}, { $set: { state: 'claimed', token: 'dead', mark: 50 } });
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  const kept = await stage.store.db.collection('outbox').find({}).toArray();
  const count = (address: string) => kept.filter((message) => message.to === address).length;
  expect(await stage.invariant(sending, count)).toMatchObject({ sent: 120 });
});

test('a refused login pauses the campaign with its reason, and a resume sends to everybody', async () => {
  const server = await startLoginSmtp('ann', 'secret');
  const sending = await stage.launch(30);
  const url = (password: string) => `smtp://ann:${password}@127.0.0.1:${server.port}`;
  const wrong = stage.start(smtpChannel({ url: url('wrong'), connections: 2, timeoutMs: 1_000, now: stage.now }));
  await until(async () => (await stage.campaign(sending))?.state === 'paused');
  expect((await stage.campaign(sending))?.failure).toMatchObject({ code: 'login_refused' });
  await wrong.stop();
  expect(await stage.store.db.collection('deliveries').countDocuments()).toBe(0);
  stage.start(smtpChannel({ url: url('secret'), connections: 2, timeoutMs: 1_000, now: stage.now }));
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  const counts = await stage.db(sending).pages.counts(sending.runId);
  expect(counts).toEqual({ sent: 30, failed: 0, skipped: 0, unknown: 0 });
  await server.stop();
});

test('a worker that was frozen replaces the guess about its group by what came of it', async () => {
  const sending = await stage.launch(10);
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const channel = stage.overSmtp();
  let asked = 0;
  stage.start({
    ...channel,
    async send(batch) {
      asked++;
      await held;
      return channel.send(batch);
    },
  });
  await until(() => asked === 1);
  // Another worker took the page over and, as nobody could know better, wrote everybody down as unknown.
  const db = stage.db(sending);
  const page = await stage.store.database.models.pages.collection.findOne({});
  if (!page) throw new Error('no page');
  const rows = sending.customerIds.map((customerId, i) => ({
    kind: 'campaign' as const,
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
    at: stage.now(),
    opens: 0,
    clicks: [],
  }));
  const hold = { id: String(page._id), token: String(page.token), beat: Number(page.beat) };
  let taken = await db.pages.takeOver(hold, 'thief');
  while (!taken) {
    const [current] = await db.pages.held(sending.runId);
    taken = current ? await db.pages.takeOver(current, 'thief') : null;
  }
  const settled = await settleGroup(db, stage.store.database.transaction, {
    page: taken,
    token: 'thief',
    group: { from: 0, to: 10 },
    rows,
    retries: [],
  });
  expect(settled).toBe(true);
  go();
  await until(async () => (await db.pages.counts(sending.runId)).sent === 10);
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 10, unknown: 0 });
});

test('an audience that a dead builder left half-written is completed by another, each person once', async () => {
  const sending = await stage.launch(450);
  const db = stage.db(sending);
  await stage.store.database.transaction((session) =>
    db.pages.insertMany(
      [0, 1].map((i) => ({
        id: builtPageId(sending.runId, i),
        runId: sending.runId,
        campaignId: sending.campaignId,
        customerIds: sending.customerIds.slice(i * 100, (i + 1) * 100),
        parent: null,
        attempt: 1,
        dueAt: stage.now(),
      })),
      session,
    ),
  );
  await db.runWork.claimBuilder(sending.runId, 'dead', null);
  stage.start();
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 450 });
  expect((await db.runs.get(sending.runId))?.planned).toBe(450);
});
