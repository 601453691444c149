import { type CustomerId, deliveryId } from '@mini-crm/domain';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { scheduleCampaign } from '../campaigns/campaign-launch.usecases.ts';
import { scheduleRound } from '../campaigns/campaign-schedule.loop.ts';
import { engineStage } from './testing/engine-stage.ts';
import { type ChangeDay, changeDays, nineIn, offsetsAtNine } from './testing/nine-o-clock.ts';
import { launchSending, type Sending, until } from './testing/sending-fixture.ts';

let clock = new Date('2026-03-01T00:00:00Z');
const stage = engineStage(() => clock);

// Seventy instants one after the other.
const patience = 240_000;

const thirty = Object.keys(offsetsAtNine);
const four = ['Australia/Lord_Howe', 'Europe/Berlin', 'America/New_York', 'America/Los_Angeles'];
const zonesOf = (day: ChangeDay) => (day === '2026-03-29' || day === '2026-10-25' ? thirty : four);

interface Planned {
  readonly sending: Sending;
  readonly dueAt: readonly Date[];
}

/** A draft to one person in each zone that goes out at nine of a day, as its author left it. */
async function draft(zones: readonly (string | null)[], schedule: object): Promise<Sending> {
  const { database, db } = stage.store;
  const sending = await launchSending(database, zones.length, {
    domain: `d${Math.random()}.example`.replace('0.', ''),
  });
  const customers = db.collection<{ _id: string }>('customers');
  for (const [i, id] of sending.customerIds.entries()) {
    const there = { createdAt: new Date('2026-01-01T00:00:00Z'), timeZone: zones[i] ?? null };
    await customers.updateOne({ _id: id }, { $set: there });
  }
  await db.collection<{ _id: string }>('runs').deleteOne({ _id: sending.runId });
  await db
    .collection<{ _id: string }>('campaigns')
    .updateOne({ _id: sending.campaignId }, { $set: { state: 'draft', runId: null, launchedAt: null, schedule } });
  return sending;
}

/** Schedules a draft as the API does; when it is to be launched. */
async function schedule({ orgId, campaignId }: Sending): Promise<Date> {
  const { database } = stage.store;
  const organization = await database.accounts.organization(orgId);
  if (!organization) throw new Error('no organization');
  const ctx = { deps: { database, now: stage.now }, db: database.forOrganization(orgId), organization };
  const done = await scheduleCampaign(ctx, { id: campaignId, version: 1 });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  if (done.value.schedule.type === 'now' || !done.value.schedule.at) throw new Error('no instant');
  return done.value.schedule.at;
}

/** The campaign with the run that its launch made. */
async function launched(sending: Sending): Promise<Sending> {
  const runId = (await stage.campaign(sending))?.runId;
  if (!runId) throw new Error('not launched');
  return { ...sending, runId };
}

const rounds = () =>
  scheduleRound({ database: stage.store.database, log: pino({ level: 'silent' }), now: stage.now }, () => 0);
const settled = () => stage.store.db.collection('deliveries').countDocuments();
const rowsAt = async ({ orgId, runId, customerIds }: Sending) => {
  const { deliveries } = stage.store.database.forOrganization(orgId);
  return Promise.all(customerIds.map(async (id) => (await deliveries.get(deliveryId(runId, id)))?.at));
};

test(
  'a campaign at nine reaches thirty zones at their own nine, on the days on which clocks change',
  async () => {
    const planned: Planned[] = [];
    for (const day of changeDays) {
      const zones = zonesOf(day);
      const sending = await draft(zones, { type: 'local', date: day, time: '09:00', passed: 'skip', at: null });
      const dueAt = zones.map((zone) => nineIn(zone, day));
      expect(await schedule(sending)).toEqual(new Date(Math.min(...dueAt.map(Number))));
      planned.push({ sending, dueAt });
    }
    stage.start();
    const all = planned.flatMap(({ dueAt }) => dueAt.map(Number));
    for (const instant of [...new Set(all)].sort((a, b) => a - b)) {
      clock = new Date(instant);
      await rounds()();
      await until(async () => (await settled()) === all.filter((at) => at <= instant).length, patience);
    }
    for (const { sending, dueAt } of planned) {
      const run = await launched(sending);
      await stage.ended(run);
      expect(await rowsAt(run)).toEqual(dueAt);
      expect(await stage.invariant(run)).toMatchObject({ sent: dueAt.length });
    }
  },
  patience,
);

test.each([
  ['now', '2026-11-23T08:30:00Z', 'sent'],
  ['tomorrow', '2026-11-24T08:00:00Z', 'sent'],
  ['skip', '2026-11-23T08:30:00Z', 'skipped'],
] as const)('who is launched too late gets it as the author chose: %s', async (passed, berlinAt, state) => {
  clock = new Date('2026-11-23T08:30:00Z');
  // The first lives where nobody knows: with their organization, in UTC.
  const zones = ['Mars/Olympus', 'Europe/Berlin', 'America/New_York'];
  const dueAt = ['2026-11-23T09:00:00Z', berlinAt, '2026-11-23T14:00:00Z'].map((at) => new Date(at));
  const sending = await draft(zones, { type: 'local', date: '2026-11-23', time: '09:00', passed, at: null });
  expect(await schedule(sending)).toEqual(clock);
  await rounds()();
  const run = await launched(sending);
  stage.start();
  for (const instant of dueAt.toSorted((a, b) => Number(a) - Number(b))) {
    clock = instant;
    await until(async () => (await settled()) === dueAt.filter((at) => at <= instant).length);
  }
  await stage.ended(run);
  expect(await rowsAt(run)).toEqual(dueAt);
  const berlin = await stage.db(run).deliveries.get(deliveryId(run.runId, run.customerIds[1] as CustomerId));
  expect(berlin).toMatchObject({ state, reason: state === 'sent' ? null : 'time_passed' });
  await stage.invariant(run);
});

test('a spread goes out one after the other, from its first instant to its last', async () => {
  clock = new Date('2026-11-23T08:00:00Z');
  const sending = await draft(Array(6).fill(null), {
    type: 'spread',
    at: new Date('2026-11-23T10:00:00Z'),
    hours: 3,
  });
  await schedule(sending);
  clock = new Date('2026-11-23T10:00:00Z');
  await rounds()();
  const run = await launched(sending);
  stage.start();
  const steps = [0, 30, 60, 90, 120, 150].map((minutes) => new Date(clock.getTime() + minutes * 60_000));
  for (const [i, step] of steps.entries()) {
    clock = step;
    await until(async () => (await settled()) === i + 1);
  }
  await stage.ended(run);
  expect(await rowsAt(run)).toEqual(steps);
  await stage.invariant(run);
});
