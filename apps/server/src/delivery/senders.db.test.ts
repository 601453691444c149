import { deliveryId, lastingFaults } from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SmtpLedger, startSmtp } from '../testing/smtp-ledger.ts';
import { startWebhook, type WebhookLedger } from '../testing/webhook-ledger.ts';
import { engineStage } from './testing/engine-stage.ts';
import { startLoginSmtp } from './testing/login-smtp.ts';
import { addSender, changeSender, smtpWay, webhookWay } from './testing/sender-fixture.ts';
import { type Sending, until } from './testing/sending-fixture.ts';

const stage = engineStage();
let second: SmtpLedger;
let receiver: WebhookLedger;
beforeAll(async () => {
  second = await startSmtp();
  receiver = await startWebhook();
});
afterAll(async () => {
  await second.stop();
  await receiver.stop();
});
beforeEach(() => {
  second.clear();
  second.acceptAll();
  receiver.takeAll();
});

const add = (sending: Sending, ...rest: [Parameters<typeof addSender>[2], Parameters<typeof addSender>[3]?]) =>
  addSender(stage.store.database, sending.orgId, ...rest);
const change = (sending: Sending, ...rest: [Parameters<typeof changeSender>[2], Parameters<typeof changeSender>[3]]) =>
  changeSender(stage.store.database, sending.orgId, ...rest);
/** What all receivers got for an address. */
const everywhere = (address: string) =>
  stage.smtp.to(address).length + second.to(address).length + receiver.to(address).length;
const rows = (sending: Sending) =>
  Promise.all(sending.customerIds.map((id) => stage.db(sending).deliveries.get(deliveryId(sending.runId, id))));
const sender = (sending: Sending, id: Awaited<ReturnType<typeof add>>) => stage.db(sending).senders.get(id);
const dead = smtpWay({ port: 1 });

test('messages go by the first sender, and their rows name it', async () => {
  const sending = await stage.launch(25);
  const first = await add(sending, smtpWay(second));
  await add(sending, smtpWay(stage.smtp));
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending, (address) => second.to(address).length)).toMatchObject({ sent: 25 });
  expect(stage.smtp.accepted).toHaveLength(0);
  expect((await rows(sending)).map((row) => row?.senderId)).toEqual(sending.customerIds.map(() => first));
});

test('a sender that nobody reaches is passed over without an attempt, and taken again when it is mended', async () => {
  const sending = await stage.launch(30);
  const first = await add(sending, dead);
  const throttle = { perSecond: null, perMinute: null, perHour: 10 };
  const next = await add(sending, smtpWay(second), { throttle });
  stage.start();
  await until(async () => second.accepted.length >= 10 && (await sender(sending, first))?.trouble !== null);
  expect((await sender(sending, first))?.trouble).toMatchObject({ fault: 'unreachable' });
  await change(sending, first, { way: smtpWay(stage.smtp) });
  await stage.ended(sending);
  expect(await stage.invariant(sending, everywhere)).toMatchObject({ sent: 30 });
  expect((await sender(sending, first))?.trouble).toBeNull();
  expect(stage.smtp.accepted.length).toBeGreaterThan(0);
  const of = (id: string) => (recipient: string) => ({ id, recipient });
  const went = new Map(
    [
      ...stage.smtp.accepted.map((mail) => of(first)(mail.recipient)),
      ...second.accepted.map((mail) => of(next)(mail.recipient)),
    ].map(({ id, recipient }) => [recipient, id]),
  );
  expect(await rows(sending)).toEqual(
    sending.customerIds.map((_, i) => expect.objectContaining({ senderId: went.get(sending.email(i)), attempt: 1 })),
  );
});

test('a login that is refused pauses the campaign only where no other sender can take it, and people are told once', async () => {
  const server = await startLoginSmtp('ann', 'secret');
  const sending = await stage.launch(30);
  const wrong = smtpWay({ port: server.port, user: 'ann', password: 'wrong' });
  const first = await add(sending, wrong);
  stage.start();
  await until(async () => (await stage.campaign(sending))?.state === 'paused');
  expect((await stage.campaign(sending))?.failure).toMatchObject({ code: 'login_refused' });
  await until(async () => (await sender(sending, first))?.trouble?.fault === 'login_refused');
  await until(() => stage.told.length > 0);
  expect(stage.told).toMatchObject([{ campaignId: sending.campaignId, fault: 'login_refused' }]);

  await add(sending, smtpWay(second));
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect((await stage.campaign(sending))?.state).toBe('sent');
  expect(await stage.invariant(sending, (address) => second.to(address).length)).toMatchObject({ sent: 30 });
  expect(stage.told).toHaveLength(1);
  await server.stop();
});

test('with all senders off nothing goes by another way: the campaign is paused and says why', async () => {
  const sending = await stage.launch(10);
  const only = await add(sending, smtpWay(second), { enabled: false });
  stage.start();
  await until(async () => (await stage.campaign(sending))?.state === 'paused');
  expect((await stage.campaign(sending))?.failure).toMatchObject({ code: 'senders_off' });
  expect(lastingFaults).toContain('senders_off');
  expect(stage.smtp.accepted).toHaveLength(0);
  await change(sending, only, { enabled: true });
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect(await stage.invariant(sending, everywhere)).toMatchObject({ sent: 10 });
});

test('a throttle holds over all workers together, and what it holds back goes when it is lifted', async () => {
  const sending = await stage.launch(60);
  const perHour = 17;
  const id = await add(sending, smtpWay(second), { throttle: { perSecond: null, perMinute: null, perHour } });
  const uses = () => stage.store.database.models.senderUses.collection.findOne({ _id: id });
  stage.start();
  stage.start();
  await until(async () => (await uses())?.granted === 0);
  const use = await uses();
  // An hour of the clock may have ended in between.
  if (use?.perHour.used === perHour) await until(() => second.accepted.length >= perHour);
  const hours = new Set(second.accepted.map(({ at }) => Math.floor(at.getTime() / 3_600_000))).size;
  expect(second.accepted.length).toBeLessThanOrEqual(perHour * hours);
  await change(sending, id, { throttle: { perSecond: null, perMinute: null, perHour: null } });
  await stage.ended(sending);
  expect(await stage.invariant(sending, everywhere)).toMatchObject({ sent: 60 });
});

test('a webhook that took messages and did not say so gets them again, itself and no other sender', async () => {
  const sending = await stage.launch(30);
  const first = await add(sending, webhookWay(receiver));
  await add(sending, smtpWay(second));
  let lost = 0;
  receiver.answer(() => (lost++ < 3 ? { drop: 'at once', taken: true } : { status: 204 }));
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending, everywhere)).toMatchObject({ sent: 30 });
  for (const { to } of receiver.taken) expect(second.to(to)).toHaveLength(0);
  expect(receiver.taken.length).toBeGreaterThan(0);
  expect((await rows(sending)).some((row) => row?.senderId === first)).toBe(true);
});

test('a message that a webhook may have taken goes by no other sender, whatever it says of it later', async () => {
  const sending = await stage.launch(3);
  await add(sending, webhookWay(receiver));
  await add(sending, smtpWay(second));
  const later = (ids: readonly { id: string }[]) => ids.map(({ id }) => ({ id, type: 'temporary' }));
  const answers = [
    () => ({ drop: 'at once', taken: true }) as const,
    (messages: readonly { id: string }[]) => ({
      status: 200,
      body: JSON.stringify({ outcomes: later(messages) }),
      taken: false,
    }),
    () => ({ status: 503, taken: false }),
    () => ({ status: 503, taken: false }),
    () => ({ status: 409, body: 'I have them', taken: false }),
  ];
  receiver.answer((messages) => (answers.shift() ?? (() => ({ status: 204 })))(messages));
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending, everywhere)).toMatchObject({ unknown: 3 });
  expect(second.accepted).toHaveLength(0);
  expect((await rows(sending))[0]).toMatchObject({ reason: 'connection_lost', detail: '409 I have them' });
});

test('a message that may have gone out keeps its room under the cap while its sender is waited for', async () => {
  const sending = await stage.launch(1);
  const frequencyCap = { messages: 1, days: 1 };
  await stage.store.database.accounts.updateSending(sending.orgId, { frequencyCap, quietHours: null });
  const throttle = { perSecond: null, perMinute: null, perHour: 1 };
  const id = await add(sending, webhookWay(receiver), { throttle });
  receiver.answer(() => ({ drop: 'at once', taken: true }));
  const slots = async () => {
    const found = await stage.store.db.collection<{ slots: unknown[] }>('capReservations').find().toArray();
    return found.flatMap((one) => one.slots);
  };
  const uses = () => stage.store.database.models.senderUses.collection.findOne({ _id: id });
  const dueAt = async () => (await stage.db(sending).pages.nextDue(sending.runId))?.dueAt ?? new Date(0);
  stage.start();
  await until(async () => (await uses())?.granted === 0 && (await dueAt()).getTime() > 0);
  expect(await slots()).toHaveLength(1);
  receiver.takeAll();
  await stage.store.db
    .collection<{ _id: string }>('pages')
    .updateMany({ state: 'ready' }, { $set: { dueAt: new Date() } });
  await change(sending, id, { throttle: { ...throttle, perHour: null } });
  await stage.ended(sending);
  expect(await stage.invariant(sending, everywhere)).toMatchObject({ sent: 1 });
  expect(await slots()).toEqual([]);
});

test('messages of a webhook that never says what it did are unknown in the end, and the rest goes on', async () => {
  const sending = await stage.launch(30);
  await add(sending, webhookWay(receiver));
  await add(sending, smtpWay(second));
  receiver.answer(() => ({ status: 200, body: '<html>Welcome</html>', taken: true }));
  stage.start();
  await stage.ended(sending);
  const { sent, unknown } = await stage.invariant(sending, everywhere);
  expect(sent + unknown).toBe(30);
  expect(sent).toBeGreaterThan(0);
  expect(unknown).toBe(receiver.taken.length);
  const row = (await rows(sending)).find((one) => one?.state === 'unknown');
  expect(row).toMatchObject({ reason: 'connection_lost', detail: expect.stringContaining('Welcome') });
});

test.each([
  ['still is there: they go again by it, each once', 'is there', { sent: 20, unknown: 0 }],
  ['is gone: nobody can say', 'is gone', { sent: 10, unknown: 10 }],
  ['calls another address now, which knows nothing of them: nobody can say', 'has moved', { sent: 10, unknown: 10 }],
] as const)('of messages that a dead worker had handed to a webhook which %s', async (_what, now, counts) => {
  const sending = await stage.launch(20);
  const id = await add(sending, webhookWay(receiver));
  await add(sending, smtpWay(second));
  const db = stage.db(sending);
  await stage.command(sending, { type: 'pause' });
  stage.start();
  await until(async () => (await db.runs.get(sending.runId))?.builtAt != null);
  const page = await db.pages.claim(sending.runId, 'the dead', new Date());
  if (!page) throw new Error('no page');
  await db.pages.advance(page._id, 'the dead', 0, 10, id);
  if (now === 'is gone') await db.senders.remove(id);
  if (now === 'has moved') {
    await change(sending, id, { way: webhookWay({ ...receiver, url: `${receiver.url}?another` }) });
  }
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect(await stage.invariant(sending, everywhere)).toMatchObject(counts);
  for (const { to } of receiver.taken) expect(second.to(to)).toHaveLength(0);
  expect(receiver.taken).toHaveLength({ 'is there': 20, 'is gone': 0, 'has moved': 10 }[now]);
});
