import { type CustomerId, compileRule, type ResolvedRule, type RuleNode, resolveRule } from '@mini-crm/domain';
import { awkwardCustomers, awkwardFields, orders, ruleOf, where } from '@mini-crm/domain/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { type AudienceReader, mongoAudience } from './audience.ts';
import type { AudienceCollections } from './audience-collections.ts';
import { storeFacts } from './parity-corpus.ts';
import { ruleToMongo } from './rule-to-mongo.ts';

const facts = awkwardCustomers(1200, 5);
const orgId = newId('organization');
let own: TestDatabase;
let database: Database;
let audience: AudienceReader;
let collections: AudienceCollections;

beforeAll(async () => {
  own = await testDatabase();
  database = await connect(own.uri, { dbName: own.name });
  await database.prepare();
  collections = await storeFacts(database, orgId, facts);
  audience = mongoAudience(collections);
});
afterAll(async () => {
  await database.close();
  await own.close();
});

function bind(node: RuleNode): ResolvedRule {
  const resolved = resolveRule(ruleOf(node), { now: Date.UTC(2026, 5, 17, 12), zone: 'UTC', fields: awkwardFields });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return resolved.value;
}

const members = (rule: ResolvedRule) => facts.filter(compileRule(rule)).map(({ id }) => id as CustomerId);
const buyers = bind(orders({ operator: 'gte', value: 1 }));
// The text of a line is compared by the evaluator, so this plan is a superset that has to be finished.
const jazz = bind(
  orders(
    { operator: 'gte', value: 1 },
    { unit: 'line', where: { type: 'field', field: 'line.category', test: { operator: 'eq', value: 'JAZZ' } } },
  ),
);

it.each([
  ['exact', buyers, true],
  ['finished by the evaluator', jazz, false],
])(
  'counts, samples and streams in batches, in order and from anywhere, where the plan is %s',
  async (_, rule, exact) => {
    expect(ruleToMongo(rule, { orgId }).exact).toBe(exact);
    const expected = members(rule);
    expect(await audience.count(rule)).toBe(expected.length);
    expect(await audience.preview(rule, 10)).toMatchObject({ size: expected.length, sample: expected.slice(0, 10) });
    const middle = expected[100] ?? null;
    const rest: CustomerId[] = [];
    for await (const batch of audience.ids(rule, middle)) {
      expect(batch.length).toBeGreaterThan(0);
      rest.push(...batch);
    }
    expect(rest).toEqual(expected.slice(101));
  },
);

it('knows of one customer whether they are in', async () => {
  const expected = new Set(members(jazz));
  for (const { id } of facts.slice(0, 30)) {
    expect(await audience.includes(jazz, id as CustomerId)).toBe(expected.has(id as CustomerId));
  }
  expect(await audience.includes(bind({ type: 'everyone' }), newId('customer'))).toBe(false);
});

it('stops when nobody waits for the answer any more', async () => {
  await expect(audience.count(buyers, { signal: AbortSignal.abort() })).rejects.toThrow();
  await expect(audience.count(jazz, { signal: AbortSignal.abort() })).rejects.toThrow();
});

it('narrows by what is written about people before it looks at what they did', () => {
  const rule = bind({
    type: 'all',
    children: [where('attributes.color', { operator: 'eq', value: 'red' }), orders({ operator: 'gte', value: 1 })],
  });
  const [first] = ruleToMongo(rule, { orgId }).pipeline;
  expect(first).toEqual({ $match: { 'foldedAttributes.color': { $eq: 'red' } } });
});

it('looks at few people where only the evaluator can tell a text of an event', async () => {
  const stages = ruleToMongo(jazz, { orgId }).pipeline;
  const candidates = await collections.customers.aggregate([...stages]).toArray();
  const buyersOfLines = bind(orders({ operator: 'gte', value: 1 }, { unit: 'line' }));
  expect(candidates.length).toBeGreaterThanOrEqual(members(jazz).length);
  expect(candidates.length).toBeLessThan(members(buyersOfLines).length);
  // Of three that only the evaluator can tell, three have to be candidates.
  const thrice = bind(
    orders(
      { operator: 'gte', value: 3 },
      { unit: 'line', where: { type: 'field', field: 'line.category', test: { operator: 'eq', value: 'JAZZ' } } },
    ),
  );
  const fewer = await collections.customers.aggregate([...ruleToMongo(thrice, { orgId }).pipeline]).toArray();
  expect(fewer.length).toBeLessThan(candidates.length);
  expect(await audience.count(thrice)).toBe(members(thrice).length);
});

it('takes as many and as long texts as a leaf may have', async () => {
  const values = [...Array.from({ length: 499 }, (_, i) => `${i}${'(ß'.repeat(490)}`), 'JAZZ'];
  const leaf = (operator: 'in' | 'notIn'): RuleNode =>
    orders(
      { operator: 'gte', value: 1 },
      { unit: 'line', where: { type: 'field', field: 'line.category', test: { operator, values } } },
    );
  for (const rule of [bind(leaf('in')), bind({ type: 'not', child: leaf('notIn') })]) {
    expect(await audience.count(rule)).toBe(members(rule).length);
  }
});

it('says sequences whose steps it can tell exactly, and joins the same question once', () => {
  const sequence: RuleNode = {
    type: 'sequence',
    steps: [
      { eventTypes: ['call'] },
      { eventTypes: ['order'], within: { amount: 3, unit: 'days', from: 'previous' } },
      { eventTypes: ['refund'], within: { amount: 90, unit: 'days', from: 'first' } },
    ],
    window: { type: 'ever' },
  };
  const rule = bind({ type: 'any', children: [sequence, { type: 'all', children: [sequence, sequence] }] });
  const plan = ruleToMongo(rule, { orgId });
  expect(plan.exact).toBe(true);
  expect(plan.pipeline.filter((stage) => '$unionWith' in stage)).toHaveLength(1);
});
