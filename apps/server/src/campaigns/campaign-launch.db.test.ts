import { type TestDatabase, testDatabase } from '@mini-crm/db/testing';
import type { CustomerId } from '@mini-crm/domain';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchSending, type Sending } from '../delivery/testing/sending-fixture.ts';
import { scheduleRound } from './campaign-schedule.loop.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
afterAll(() => store.close());
afterEach(() => store.clear());

const campaigns = () => store.db.collection<{ _id: string }>('campaigns');
const stateOf = async ({ orgId, campaignId }: Sending) =>
  (await store.database.forOrganization(orgId).campaigns.get(campaignId))?.state;

/** A campaign whose time came `minutes` ago, and what else is to be written into it. */
async function due(minutes: number, change: object = {}): Promise<Sending> {
  const sending = await launchSending(store.database, 2);
  const schedule = { type: 'at', at: new Date(Date.now() - minutes * 60_000) };
  await campaigns().updateOne(
    { _id: sending.campaignId },
    { $set: { state: 'scheduled', runId: null, schedule, ...change } },
  );
  return sending;
}

test('a scheduled campaign that can not be worked on is put off, and the others go out', async () => {
  const broken = await Promise.all(Array.from({ length: 21 }, () => due(10, { content: null })));
  const sound = await due(1);
  let ms = 0;
  const deps = { database: store.database, log: pino({ level: 'silent' }), now: () => new Date() };
  const round = scheduleRound(deps, () => ms);
  expect(await round()).toBe(true);
  expect(await round()).toBe(false);
  expect(await stateOf(sound)).toBe('sending');
  const [first] = broken as [Sending];
  expect(await stateOf(first)).toBe('scheduled');
  const { content } = (await campaigns().findOne({ _id: sound.campaignId })) as unknown as { content: object };
  await campaigns().updateOne({ _id: first.campaignId }, { $set: { content } });
  await round();
  expect(await stateOf(first)).toBe('scheduled');
  ms = 61_000;
  await round();
  expect(await stateOf(first)).toBe('sending');
});

test('a fault of the database that passes is waited for, and puts nobody off', async () => {
  const lost = await store.db.command({ getMore: 1n, collection: 'campaigns' }).catch((error) => error);
  const sending = await due(1);
  let away = true;
  const database = {
    ...store.database,
    forOrganization: (orgId: Sending['orgId']) => {
      if (away) throw lost;
      return store.database.forOrganization(orgId);
    },
  };
  const round = scheduleRound({ database, log: pino({ level: 'silent' }), now: () => new Date() }, () => 0);
  await expect(round()).rejects.toBe(lost);
  away = false;
  await round();
  expect(await stateOf(sending)).toBe('sending');
});

test('a run does not reach who was added after it was launched', async () => {
  const { orgId, runId, customerIds } = await launchSending(store.database, 3);
  const db = store.database.forOrganization(orgId);
  const run = await db.runs.get(runId);
  if (!run) throw new Error('no run');
  const [late] = customerIds;
  const later = new Date(run.boundAt.getTime() + 1);
  await store.db
    .collection<{ _id: string }>('customers')
    .updateOne({ _id: late ?? '' }, { $set: { createdAt: later } });
  const reached: CustomerId[] = [];
  for await (const ids of db.reach.reachableAudience(run, 'email')) reached.push(...ids.map(({ id }) => id));
  expect(reached).toEqual(customerIds.slice(1));
});
