import { type CustomerId, compileRule, type ResolvedRule, type RuleNode, resolveRule } from '@mini-crm/domain';
import { awkwardCustomers, awkwardFields, orders, ruleOf, where } from '@mini-crm/domain/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { type AudienceReader, mongoAudience } from './audience.ts';
import { storeFacts } from './parity-corpus.ts';
import { ruleToMongo } from './rule-to-mongo.ts';

const facts = awkwardCustomers(1200, 5);
const orgId = newId('organization');
let own: TestDatabase;
let database: Database;
let audience: AudienceReader;

beforeAll(async () => {
  own = await testDatabase();
  database = await connect(own.uri, { dbName: own.name });
  await database.prepare();
  audience = mongoAudience(await storeFacts(database, orgId, facts));
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
