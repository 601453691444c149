import type { CampaignId } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { retentionRound } from './retention.loop.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let analyst: Awaited<ReturnType<TestApp['member']>>;
let other: Awaited<ReturnType<TestApp['owner']>>;

beforeAll(async () => {
  server = await testApp();
  [ann, other] = [await server.owner(), await server.owner()];
  analyst = await server.member(ann, 'analyst');
  for (const who of [ann, other]) await who.call('demo.fill', { orgId: who.orgId });
}, 180_000);
afterAll(() => server.close());

const call = (path: string, input: object = {}, who = ann) => who.call(path, { orgId: ann.orgId, ...input });
const count = (name: string, where: object = {}, who = ann) =>
  server.deps.database.driver.collection(name).countDocuments({ orgId: who.orgId, ...where });
const days = (n: number) => new Date(Date.now() + n * 86_400_000);
const pace = { batch: 40, restsFor: 0, leastRestMs: 0 };
const round = (at: Date, signal = new AbortController().signal) =>
  retentionRound({ ...server.deps, now: () => at }, signal, pace);
const db = () => server.deps.database.forOrganization(ann.orgId);

test('is for ever until a manager says otherwise, and begins a day later', async () => {
  expect((await call('retention.get')).data).toEqual({
    ...{ messagesDays: null, startsAt: null, cappedDays: null, rounds: [] },
  });
  expect((await call('retention.set', { messagesDays: 30 }, analyst)).error?.code).toBe('not_permitted');
  expect((await call('retention.set', { messagesDays: 7 })).error?.code).toBe('invalid_input');
  const { data: preview } = await call('retention.preview', { messagesDays: 30 });
  expect(preview.campaigns + preview.messages).toBeGreaterThanOrEqual(0);
  expect((await call('retention.set', { messagesDays: 30 })).data).toEqual({ saved: true });
  const { data } = await call('retention.get');
  expect(data.messagesDays).toBe(30);
  expect(new Date(data.startsAt).getTime()).toBeGreaterThan(days(0.9).getTime());
});

test('removes what is too old, a few at a time, and every report says what it said', async () => {
  const { items } = (await call('campaigns.list', { states: ['sent'] })).data;
  const ids: CampaignId[] = items.map(({ id }: { id: CampaignId }) => id);
  expect(ids).toHaveLength(2);
  const reports = () => Promise.all(ids.map(async (id) => (await call('reports.campaign', { id, span: 'all' })).data));
  const shown = async () =>
    (await reports()).map(({ figures, links, overTime, revenue, recipients }) => ({
      ...{ figures, links, overTime: overTime.buckets.filter((b: { opened: number }) => b.opened > 0) },
      ...{ revenue, recipients },
    }));
  const before = await shown();
  const listed = async () => {
    const { items } = (await call('campaigns.list')).data;
    return items.map(({ responses, progress, ...rest }: Record<string, unknown>) => {
      const { countedAt: _at, tookMs: _took, ...answered } = (responses ?? {}) as Record<string, unknown>;
      return { ...rest, progress, answered };
    });
  };
  const lists = await listed();
  const rows = await count('deliveries');
  expect(rows).toBeGreaterThan(200);

  // Still in the first day: nothing goes.
  await round(new Date());
  expect(await count('deliveries')).toBe(rows);

  const inAYear = days(365);
  // A worker that is told to stop removes nothing more.
  const stopped = new AbortController();
  stopped.abort();
  await round(inAYear, stopped.signal);
  expect(await count('deliveries')).toBe(rows);

  await round(inAYear);
  expect(await count('deliveries')).toBe(0);
  expect(await count('pages')).toBe(0);
  expect(await count('runs')).toBe(2);
  expect(await count('events', { type: { $in: ['call', 'note', 'visit', 'ticket'] } })).toBeGreaterThan(0);
  expect(await count('deliveries', {}, other)).toBe(rows);
  expect(await shown()).toEqual(before);
  expect(await listed()).toEqual(lists);
  const reasons = await db().progress.reasons(ids[0] as CampaignId);
  expect(reasons.reduce((sum, one) => sum + one.count, 0)).toBe(
    before[0]?.figures.failed + before[0]?.figures.skipped + before[0]?.figures.unknown,
  );
  const { data } = await call('retention.get');
  expect(data.rounds).toHaveLength(1);
  expect(data.rounds[0]).toMatchObject({ campaigns: 2, messages: rows, transactional: 0 });
  expect(data.rounds[0].finishedAt).not.toBeNull();

  // Nothing is left: no further round, and nobody can be sent again who can't be told from the others.
  await round(inAYear);
  expect((await call('retention.get')).data.rounds).toHaveLength(1);
  const again = await call('reports.sendAgain', { id: ids[0], kinds: ['missed', 'unsure'], confirmed: 1e6 });
  expect(again.error?.code).toBe('campaign_state');
  expect((await call('reports.listOfSent', { id: ids[0] })).error?.code).toBe('campaign_state');
});

test('goes on where a worker was killed, and leaves alone what is not through', async () => {
  const { driver } = server.deps.database;
  const [run] = await driver.collection<{ _id: string }>('runs').find({ orgId: ann.orgId }).toArray();
  const rowOf = (runId: string, n: number, more: object = {}) => ({
    _id: `${runId}:cus_${n}`,
    ...{ orgId: ann.orgId, runId, campaignId: `of ${runId}`, customerId: `cus_${n}`, channel: 'email', address: 'a' },
    ...{ foldedAddress: 'a', name: '', state: 'sent', reason: null, attempt: 1, at: days(-100), opens: 0, clicks: [] },
    ...more,
  });
  const runOf = (_id: string, more: object) => ({ ...run, _id, campaignId: `of ${_id}`, removedAt: null, ...more });
  await driver.collection<{ _id: string }>('runs').insertMany([
    // Its report was kept and half of its rows went when its worker was killed.
    runOf('run_killed', { settledAt: days(-100) }),
    runOf('run_open', { settledAt: null, summary: undefined }),
    runOf('run_young', { settledAt: days(-5), summary: undefined }),
  ]);
  await driver
    .collection<{ _id: string }>('deliveries')
    .insertMany(['run_killed', 'run_open', 'run_young'].flatMap((id) => [1, 2, 3].map((n) => rowOf(id, n))));
  const program = { runId: null, campaignId: null, kind: 'transactional', templateId: 'tpl_1', templateVersion: 1 };
  await driver
    .collection<{ _id: string }>('deliveries')
    .insertMany([
      rowOf('x', 1, { ...program, _id: 'eml_old' }),
      rowOf('x', 2, { ...program, _id: 'eml_new', at: days(-2) }),
    ]);
  await driver
    .collection<{ _id: string }>('messages')
    .insertMany(['eml_old', 'eml_new'].map((_id) => ({ _id, orgId: ann.orgId, state: 'done' })));
  await driver.collection<{ _id: string }>('retention').updateOne({ _id: ann.orgId }, {
    $push: {
      rounds: {
        $each: [
          {
            startedAt: days(0),
            finishedAt: null,
            before: days(-30),
            messages: 4,
            campaigns: 0,
            transactional: 0,
            outbox: 0,
          },
        ],
        $position: 0,
      },
    },
    // The worker that was killed holds it no longer.
    $set: { token: 'dead', heldUntil: days(1) },
  } as object);
  await round(days(1.5));
  const left = await driver.collection<{ _id: string }>('deliveries').find({ orgId: ann.orgId }).toArray();
  expect(left.map(({ _id }) => _id).sort()).toEqual(
    ['eml_new', ...['run_open', 'run_young'].flatMap((id) => [1, 2, 3].map((n) => `${id}:cus_${n}`))].sort(),
  );
  expect(await count('messages')).toBe(1);
  const { rounds } = (await call('retention.get')).data;
  expect(rounds).toHaveLength(2);
  expect(rounds[0]).toMatchObject({ messages: 7, campaigns: 1, transactional: 1, finishedAt: expect.any(String) });
});
