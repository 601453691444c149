import { type CustomerId, deliveryId, type SendingSettings } from '@mini-crm/domain';
import { expect, test } from 'vitest';
import { engineStage } from './testing/engine-stage.ts';
import { launchSending, type Sending, until } from './testing/sending-fixture.ts';

const start = new Date('2026-11-23T12:00:00Z');
let clock = start;
const stage = engineStage(() => clock);
const later = (ms: number) => {
  clock = new Date(clock.getTime() + ms);
};
const hour = 3_600_000;
const patience = 120_000;

/** A campaign at the stage's own hour; another one to the same people where it is given. */
async function campaign(
  zones: readonly (string | null)[],
  like?: Sending,
  purpose: 'marketing' | 'service' = 'marketing',
) {
  const { database, db } = stage.store;
  const size = like ? 0 : zones.length;
  const made = await launchSending(database, size, { purpose, ...(like ? { orgId: like.orgId } : {}) });
  await db
    .collection<{ _id: string }>('runs')
    .updateOne({ _id: made.runId }, { $set: { boundAt: clock, 'rule.now': clock.getTime() } });
  for (const [i, id] of made.customerIds.entries()) {
    const there = { createdAt: new Date('2026-01-01T00:00:00Z'), timeZone: zones[i] ?? null };
    await db.collection<{ _id: string }>('customers').updateOne({ _id: id }, { $set: there });
  }
  return like ? { ...made, customerIds: like.customerIds } : made;
}

const rule = ({ orgId }: Sending, sending: Partial<SendingSettings>) =>
  stage.store.database.accounts.updateSending(orgId, { frequencyCap: null, quietHours: null, ...sending });
const rowOf = ({ orgId, runId, customerIds }: Sending, i: number) =>
  stage.store.database.forOrganization(orgId).deliveries.get(deliveryId(runId, customerIds[i] as CustomerId));
const rows = (sending: Sending) => stage.store.db.collection('deliveries').countDocuments({ runId: sending.runId });
const slots = async () => {
  const found = await stage.store.db.collection<{ slots: unknown[] }>('capReservations').find().toArray();
  return found.flatMap((one) => one.slots);
};
/** Messages of one run that an address got. */
const messagesOf = ({ runId }: Sending, address: string) =>
  stage.smtp.to(address).filter(({ raw }) => raw.includes(`Message-ID: <${runId}.`)).length;
/** Lets time pass until a run is through: what waits for an outcome that is on its way is asked for again. */
const through = (sending: Sending) =>
  until(async () => {
    const next = await stage.db(sending).pages.nextDue(sending.runId);
    if (next && next.dueAt > clock) clock = next.dueAt;
    const run = await stage.store.db
      .collection<{ _id: string; settledAt?: Date }>('runs')
      .findOne({ _id: sending.runId });
    return Boolean(run?.settledAt);
  }, patience);

test('quiet hours keep each message until they end where its reader lives; service messages do not wait', async () => {
  clock = start;
  const marketing = await campaign([null, 'Asia/Tokyo', 'America/Los_Angeles']);
  await rule(marketing, { quietHours: { from: '20:00', to: '07:30' } });
  const service = await campaign([], marketing, 'service');
  stage.start();
  await stage.ended(service);
  expect(await stage.invariant(service, () => 1)).toMatchObject({ sent: 3 });
  await until(async () => (await rows(marketing)) === 1);
  const dueAt = ['2026-11-23T12:00:00Z', '2026-11-23T22:30:00Z', '2026-11-23T15:30:00Z'].map((at) => new Date(at));
  for (const i of [2, 1]) {
    clock = new Date(Number(dueAt[i]) - 1);
    const before = await rows(marketing);
    clock = dueAt[i] as Date;
    await until(async () => (await rows(marketing)) === before + 1);
  }
  await stage.ended(marketing);
  const at = await Promise.all(marketing.customerIds.map(async (_, i) => (await rowOf(marketing, i))?.at));
  expect(at).toEqual(dueAt);
});

test('quiet hours that are set while a campaign goes out defer who is left, at the same attempt and without a row', async () => {
  clock = start;
  const sending = await campaign([null, null]);
  stage.smtp.answer({ recipient: /^c1@/, stage: 'rcpt', code: 451, times: 1 });
  const first = stage.start();
  await until(async () => (await stage.db(sending).pages.nextDue(sending.runId))?.attempt === 2);
  await rule(sending, { quietHours: { from: '12:00', to: '13:00' } });
  // A worker reads a rule at most once a second: another one has read none yet.
  await first.stop();
  stage.start();
  later(10_000);
  await until(
    async () => Number((await stage.db(sending).pages.nextDue(sending.runId))?.dueAt) === Number(start) + hour,
  );
  expect(await rows(sending)).toBe(1);
  clock = new Date(start.getTime() + hour);
  await stage.ended(sending);
  expect(await rowOf(sending, 1)).toMatchObject({ state: 'sent', attempt: 2, at: clock });
  await stage.invariant(sending);
});

test('the cap counts messages in days of the reader, and a new day makes room', async () => {
  clock = start;
  const first = await campaign(['Asia/Tokyo', 'America/Los_Angeles']);
  await rule(first, { frequencyCap: { messages: 1, days: 1 } });
  stage.start();
  await stage.ended(first);
  // In Tokyo it is the 24th then, in Los Angeles still the 23rd.
  later(4 * hour);
  const second = await campaign([], first);
  await stage.ended(second);
  expect(await rowOf(second, 0)).toMatchObject({ state: 'sent' });
  expect(await rowOf(second, 1)).toMatchObject({ state: 'skipped', reason: 'frequency_cap', messageId: null });
  const service = await campaign([], first, 'service');
  await stage.ended(service);
  expect(await rowOf(service, 1)).toMatchObject({ state: 'sent' });
  later(24 * hour);
  const third = await campaign([], first);
  await stage.ended(third);
  expect(await rowOf(third, 1)).toMatchObject({ state: 'sent' });
  expect(await slots()).toEqual([]);
});

test(
  'two campaigns at the same moment stay within the cap together, on two workers',
  async () => {
    clock = start;
    const first = await campaign(Array(30).fill(null));
    await rule(first, { frequencyCap: { messages: 2, days: 7 } });
    const others = [await campaign([], first), await campaign([], first)];
    stage.start();
    stage.start();
    const all = [first, ...others];
    for (const one of all) await through(one);
    for (const [i, id] of first.customerIds.entries()) {
      const states = await stage.store.db.collection('deliveries').find({ customerId: id }).toArray();
      expect(states.filter(({ state }) => state === 'sent')).toHaveLength(2);
      expect(states.filter(({ reason }) => reason === 'frequency_cap')).toHaveLength(1);
      expect(stage.smtp.to(first.email(i))).toHaveLength(2);
    }
    expect(await slots()).toEqual([]);
  },
  patience,
);

test('a message that failed takes no room: the other campaign gets its place', async () => {
  clock = start;
  const first = await campaign([null]);
  await rule(first, { frequencyCap: { messages: 1, days: 1 } });
  stage.smtp.answer({ stage: 'data', code: 550, text: '5.7.1 no', times: 1 });
  const second = await campaign([], first);
  stage.start();
  await through(first);
  await through(second);
  const states = [await rowOf(first, 0), await rowOf(second, 0)].map((row) => row?.state);
  expect(states.sort()).toEqual(['failed', 'sent']);
});

test('what a dead worker reserved for messages that did not go out is free again, and nobody is lost', async () => {
  clock = start;
  const dead = await campaign(Array(25).fill(null));
  await rule(dead, { frequencyCap: { messages: 1, days: 1 } });
  const db = stage.db(dead);
  await stage.command(dead, { type: 'pause' });
  stage.start();
  await until(async () => (await db.runs.get(dead.runId))?.builtAt != null);
  // It died with ten messages on their way and ten more prepared.
  const asker = { runId: dead.runId, channel: 'email', token: 'dead' } as const;
  await db.capReservations.reserve(asker, dead.customerIds.slice(0, 20), start);
  const claimed = { state: 'claimed', token: 'dead', mark: 10 };
  await stage.store.db.collection('pages').updateOne({ runId: dead.runId }, { $set: claimed });
  const other = await campaign([], dead);
  await until(async () => (await rows(other)) === 5);
  await stage.command(dead, { type: 'resume' });
  await through(dead);
  await through(other);
  const counts = await stage.invariant(dead, (address) => messagesOf(dead, address));
  expect(counts.unknown).toBe(10);
  await stage.invariant(other, (address) => messagesOf(other, address));
  for (const customerId of dead.customerIds) {
    const found = await stage.store.db.collection('deliveries').find({ customerId }).toArray();
    expect(found.map(({ state }) => (state === 'skipped' ? 'skipped' : 'got')).sort()).toEqual(['got', 'skipped']);
  }
  expect(await slots()).toEqual([]);
});

test('a message of which nobody knows whether it arrived keeps its room until somebody does, and does not wait for quiet hours', async () => {
  clock = start;
  const first = await campaign([null]);
  await rule(first, { frequencyCap: { messages: 1, days: 1 }, quietHours: { from: '13:00', to: '14:00' } });
  const channel = stage.overSmtp();
  let sends = 0;
  stage.start({
    ...channel,
    capabilities: { ...channel.capabilities, idempotent: true },
    send: async (batch) =>
      ++sends > 1 ? channel.send(batch) : batch.map(() => ({ type: 'repeat', fault: 'unreachable', detail: null })),
  });
  await until(async () => sends === 1 && (await stage.db(first).pages.nextDue(first.runId)) !== null);
  expect(await slots()).toHaveLength(1);
  clock = new Date('2026-11-23T13:30:00Z');
  await stage.ended(first);
  expect(await rowOf(first, 0)).toMatchObject({ state: 'sent', at: clock });
  expect(await slots()).toEqual([]);
});

test('an organization without rules reserves nothing', async () => {
  clock = start;
  const sending = await campaign([null, null]);
  stage.start();
  await stage.ended(sending);
  expect(await stage.store.db.collection('capReservations').countDocuments()).toBe(0);
});
