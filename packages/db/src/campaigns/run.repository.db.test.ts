import { everyone, type OrganizationId, type Run, resolveRule } from '@mini-crm/domain';
import { awkwardContext, awkwardCustomers, awkwardRules, resolveAmong } from '@mini-crm/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await testDatabase();
  database = await connect(own.uri, { dbName: own.name });
  await database.prepare();
});
afterAll(async () => {
  await database.close();
  await own.close();
});

const orgId: OrganizationId = newId('organization');
const clock = { now: Date.UTC(2026, 5, 17, 12), zone: 'Asia/Kathmandu' };
const at = new Date(clock.now);

const runOf = (rule: Run['rule']): Run => ({
  id: newId('run'),
  campaignId: newId('campaign'),
  state: 'building',
  boundAt: at,
  rule,
  content: {
    subject: '',
    preheader: '',
    html: '',
    text: '',
    links: [],
    sender: { fromName: '', fromEmail: '', replyTo: '', postalAddress: '' },
    purpose: 'marketing',
  },
  segments: { include: 'everyone', exclude: [] },
  waterfall: { inSegments: 0, steps: [], reachable: 0 },
  planned: null,
  createdAt: at,
  builtAt: null,
  finishedAt: null,
});

test('a run keeps its resolved rule as it was bound, whatever node is in it', async () => {
  const { runs } = database.forOrganization(orgId);
  const people = awkwardCustomers(60, 3);
  const rules = awkwardRules(150, 3).map((rule) => resolveAmong(people, rule, clock));
  const kinds = JSON.stringify(rules);
  for (const type of ['sequence', 'engagement', 'rank', 'inSegment', 'behaviour']) {
    expect(kinds).toContain(`"type":"${type}"`);
  }
  expect(kinds).toContain('"child":null');
  expect(kinds).toContain('"cutoff":{');
  for (const rule of rules) {
    const run = runOf(rule);
    await runs.insert(run);
    expect((await runs.get(run.id))?.rule).toStrictEqual(rule);
  }
});

test('a run of everybody is stored as such', async () => {
  const { runs } = database.forOrganization(orgId);
  const rule = resolveRule(everyone, { ...awkwardContext, ...clock });
  if (!rule.ok) throw new Error('everyone resolves');
  const run = runOf(rule.value);
  await runs.insert(run);
  expect(await runs.get(run.id)).toStrictEqual(run);
});
