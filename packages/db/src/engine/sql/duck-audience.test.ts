import {
  type CustomerFacts,
  type CustomerId,
  compileRule,
  type ResolvedRule,
  type RuleNode,
  resolveRule,
} from '@mini-crm/domain';
import { aCustomer, anOrder, awkwardCustomers, awkwardFields, orders, ruleOf } from '@mini-crm/domain/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AudienceReader } from '../../segments/audience.ts';
import { QuestionTooLong } from '../question-errors.ts';
import { duckReader, type ProjectedDocuments } from './duck-reader.ts';

const now = Date.UTC(2026, 5, 17, 15, 30);

function documentsOf(facts: readonly CustomerFacts[]): ProjectedDocuments {
  return {
    customers: facts.map(({ id, ...rest }) => ({ _id: id as CustomerId, ...rest })) as never,
    events: facts.flatMap(({ id, events }) => events.map((event) => ({ ...event, customerId: id }))) as never,
    deliveries: [],
    suppressions: [],
    members: [],
  };
}

function resolved(node: RuleNode): ResolvedRule {
  const rule = resolveRule(ruleOf(node), { now, zone: 'UTC', fields: awkwardFields });
  if (!rule.ok) throw new Error(JSON.stringify(rule.error));
  return rule.value;
}

async function idsOf(reader: AudienceReader, rule: ResolvedRule): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of reader.ids(rule)) ids.push(...batch);
  return ids;
}

const tomorrow = anOrder('2026-06-18T00:00:00Z', 500, { eventId: 'later' });
const facts = [
  ...awkwardCustomers(150, 5),
  aCustomer({ id: 'cus_later', events: [anOrder('2026-06-16T00:00:00Z', 100, { eventId: 'sooner' }), tomorrow] }),
  aCustomer({ id: 'cus_latest', events: [{ ...tomorrow, eventId: 'alone' }] }),
];
let opened: Awaited<ReturnType<typeof duckReader>>;

beforeAll(async () => {
  opened = await duckReader(documentsOf(facts), 'loaded');
});
afterAll(() => opened.close());

async function expectParity(node: RuleNode): Promise<string[]> {
  const rule = resolved(node);
  const expected = facts.filter(compileRule(rule)).map(({ id }) => id);
  expect(await idsOf(opened.reader, rule)).toEqual(expected);
  return expected;
}

describe('behaviours of the same units', () => {
  const usd = (amount: number) => ({ amount, currency: 'USD' });
  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  const ever = { type: 'since', date: '1970-01-01' } as const;
  const where = {
    type: 'not',
    child: { type: 'field', field: 'total', test: { operator: 'eq', value: usd(1) } },
  } as const;
  const leaves: RuleNode[] = [
    orders({ operator: 'gte', value: 2 }, { window: ever, where }),
    orders({ operator: 'gt', value: usd(50) }, { window: ever, where, measure: { aggregate: 'sum', field: 'total' } }),
    orders({ operator: 'lt', value: usd(-1) }, { window: ever, where, measure: { aggregate: 'sum', field: 'total' } }),
    orders({ operator: 'gt', value: eur(20) }, { window: ever, where, measure: { aggregate: 'avg', field: 'total' } }),
    orders({ operator: 'lte', value: eur(99) }, { window: ever, where, measure: { aggregate: 'min', field: 'total' } }),
    orders(
      { operator: 'gte', value: 2 },
      { window: ever, where, measure: { aggregate: 'distinct', field: 'currency' } },
    ),
    orders({ operator: 'lt', value: 2 }, { window: ever, where }),
  ];

  it('are measured together and mean the same as apart', async () => {
    const sizes: number[] = [];
    for (const one of leaves) {
      for (const other of leaves) sizes.push((await expectParity({ type: 'all', children: [one, other] })).length);
    }
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(10);
    await expectParity({ type: 'all', children: leaves.slice(0, 2).concat(leaves.slice(3, 5)) });
  });
});

describe('events that are dated after now', () => {
  it('are in no window that ends at now, and in those without an end', async () => {
    const lastWeek = { type: 'last', amount: 7, unit: 'days' } as const;
    const last = { aggregate: 'last', field: 'at' } as const;
    const some = { operator: 'gte', value: 1 } as const;
    expect(await expectParity(orders(some, { window: lastWeek }))).toContain('cus_later');
    expect(await expectParity(orders(some, { window: lastWeek }))).not.toContain('cus_latest');
    expect(await expectParity(orders(some))).toContain('cus_latest');
    const recently = { operator: 'within', window: lastWeek } as const;
    expect(await expectParity(orders(recently, { measure: last }))).not.toContain('cus_later');
    expect(await expectParity(orders(recently, { measure: last, window: lastWeek }))).toContain('cus_later');
  });
});

it('takes any text as a value only', async () => {
  for (const value of [
    "'; DROP TABLE customers; --",
    '$1',
    '"',
    '\\',
    '%',
    '\u{1F642}',
    '{"$gt":""}',
    'x'.repeat(1000),
  ]) {
    for (const operator of ['eq', 'contains', 'neq'] as const) {
      await expectParity({ type: 'attribute', field: 'attributes.color', test: { operator, value } });
    }
    await expectParity({
      type: 'attribute',
      field: 'attributes.tags',
      test: { operator: 'includesAny', values: [value] },
    });
  }
  expect(await opened.reader.count(resolved({ type: 'everyone' }))).toBe(facts.length);
});

it('answers many values as one list', async () => {
  const values = Array.from({ length: 500 }, (_, i) => (i === 7 ? 'red' : `value ${i}`));
  expect(
    (await expectParity({ type: 'attribute', field: 'attributes.color', test: { operator: 'in', values } })).length,
  ).toBeGreaterThan(0);
});

describe('limits', () => {
  it('stop a question that nobody waits for, and leave the connection to the next', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(opened.reader.count(resolved({ type: 'everyone' }), { signal: gone })).rejects.toThrow('gone');
    const controller = new AbortController();
    const asked = opened.reader.count(heavy(), { signal: controller.signal });
    controller.abort(new Error('left'));
    await expect(asked).rejects.toThrow('left');
    expect(await opened.reader.count(resolved({ type: 'everyone' }))).toBe(facts.length);
  });

  it('stop a question that takes too long', async () => {
    await expect(opened.reader.count(heavy(), { maxTimeMS: 1 })).rejects.toBeInstanceOf(QuestionTooLong);
  });

  /** A hundred passes over the events. */
  function heavy(): ResolvedRule {
    const text = { operator: 'notContains', value: 'zz' } as const;
    const children = Array.from({ length: 100 }, (_, i) =>
      orders(
        { operator: 'neq', value: i },
        {
          measure: { aggregate: 'distinct', field: 'line.name' },
          unit: 'line',
          where: { type: 'field', field: 'line.name', test: text },
        },
      ),
    );
    return resolved({ type: 'any', children: children.map((child) => ({ type: 'not', child })) });
  }
});
