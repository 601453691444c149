import type { Run } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { type Countable, countIndex } from '../delivery/delivery.model.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/index.ts';

let store: TestDatabase;
let database: Database;
const orgId = newId('organization');
const campaignId = newId('campaign');
const runId = newId('run');
const at = new Date('2026-11-20T09:00:00Z');

beforeAll(async () => {
  store = await testDatabase();
  database = await connect(store.uri, { dbName: store.name });
  await database.prepare();
  const row = (i: number) => ({
    _id: `${runId}:${newId('customer')}`,
    ...{ orgId, runId, campaignId, state: 'sent', channel: 'email', at, opens: 0, clicks: [], attempt: 1 },
    ...(i % 2 === 0 ? { openedAt: at } : {}),
    ...(i % 3 === 0 ? { machineOpenedAt: at } : {}),
    ...(i % 5 === 0 ? { clickedAt: at } : {}),
    ...(i % 7 === 0 ? { machineClickedAt: at } : {}),
    ...(i % 11 === 0 ? { unsubscribedAt: at } : {}),
    ...(i % 13 === 0 ? { bouncedAt: at } : {}),
  });
  const rows = Array.from({ length: 300 }, (_, i) => row(i));
  await store.db.collection<{ _id: string }>('deliveries').insertMany(rows);
  const run = { id: runId, campaignId, state: 'finished', boundAt: at, createdAt: at } as unknown as Run;
  await database.forOrganization(orgId).runs.insert(run);
});
afterAll(async () => {
  await database.close();
  await store.close();
});

const every = (n: number) => Math.ceil(300 / n);

test('counts people, and people and machines together, each once', async () => {
  const counts = await database.forOrganization(orgId).responseCounts.of([runId], new Date());
  expect(counts.get(runId)).toMatchObject({
    opened: every(2),
    allOpened: every(2) + every(3) - every(6),
    clicked: every(5),
    allClicked: every(5) + every(7) - every(35),
    unsubscribed: every(11),
  });
  expect(await database.forOrganization(orgId).campaignReports.bounced(campaignId)).toBe(every(13));
});

test.each<[Countable, object]>([
  ['openedAt', {}],
  ['clickedAt', {}],
  ['unsubscribedAt', {}],
  ['bouncedAt', {}],
  ['machineOpenedAt', {}],
  ['machineClickedAt', {}],
  ['machineOpenedAt', { openedAt: { $gt: new Date(0) } }],
  ['machineClickedAt', { clickedAt: { $gt: new Date(0) } }],
])('counting by %s reads no row', async (field, more) => {
  const where = { orgId, campaignId, [field]: { $gt: new Date(0) }, ...more };
  const plan = await store.db
    .collection('deliveries')
    .aggregate([{ $match: where }, { $group: { _id: 1, n: { $sum: 1 } } }], { hint: countIndex(field) })
    .explain('executionStats');
  const stats = plan.executionStats ?? plan.stages?.[0]?.$cursor?.executionStats;
  expect(stats.totalKeysExamined).toBeGreaterThan(0);
  expect(stats.totalKeysExamined).toBeLessThan(200);
  expect(stats.totalDocsExamined).toBe(0);
});
