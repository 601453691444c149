import { describe, expect, it } from 'vitest';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { aCustomer, anOrder, orders, ruleOf, where } from '../testing/build.ts';
import type { CustomerFacts } from './customer-facts.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { resolveRule } from './resolve-rule.ts';
import type { Measure, RuleNode, Test } from './rule.ts';

const now = Date.UTC(2026, 5, 17, 12);

function holds(node: RuleNode, known: Partial<CustomerFacts>): boolean {
  const resolved = resolveRule(ruleOf(node), { now, zone: 'UTC', fields: awkwardFields });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return evaluateRule(resolved.value, aCustomer(known));
}

const color = (test: Test, value: string | null, options = {}) =>
  holds(where('attributes.color', test, options), { attributes: value === null ? {} : { color: value } });

describe('a missing value', () => {
  const neq: Test = { operator: 'neq', value: 'red' };

  it('fulfils no comparison, not even a negative one, unless the leaf says so', () => {
    expect(color(neq, null)).toBe(false);
    expect(color(neq, null, { orMissing: true })).toBe(true);
    expect(color(neq, 'blue')).toBe(true);
  });

  it('is in the complement of equality', () => {
    const node: RuleNode = { type: 'not', child: where('attributes.color', { operator: 'eq', value: 'red' }) };
    expect(holds(node, {})).toBe(true);
  });

  it('is not set and is empty; an empty text is set and empty', () => {
    expect([color({ operator: 'isSet' }, null), color({ operator: 'isEmpty' }, null)]).toEqual([false, true]);
    expect([color({ operator: 'isSet' }, ''), color({ operator: 'isEmpty' }, '')]).toEqual([true, true]);
    expect(holds(where('attributes.tags', { operator: 'isEmpty' }), { attributes: { tags: [] } })).toBe(true);
  });
});

describe('texts', () => {
  it('compare folded in every operator, and as written where case counts', () => {
    expect(color({ operator: 'eq', value: 'CAFE\u0301' }, 'café')).toBe(true);
    expect(color({ operator: 'startsWith', value: 'ΣΊΣ' }, 'σίσυφος')).toBe(true);
    expect(color({ operator: 'endsWith', value: 'ΦΟΣ' }, 'σίσυφος')).toBe(true);
    expect(color({ operator: 'in', values: ['Blue', 'Red'] }, 'rED')).toBe(true);
    expect(color({ operator: 'eq', value: 'Red' }, 'red', { caseSensitive: true })).toBe(false);
    expect(color({ operator: 'eq', value: 'e\u0301' }, 'é', { caseSensitive: true })).toBe(true);
  });

  it('are searched literally', () => {
    expect(color({ operator: 'contains', value: '.*' }, 'anything')).toBe(false);
    expect(color({ operator: 'notContains', value: '.*' }, 'anything')).toBe(true);
  });
});

describe('lists', () => {
  const tags = (test: Test, value: string[]) => holds(where('attributes.tags', test), { attributes: { tags: value } });

  it('include any, all, none, or lack some', () => {
    expect(tags({ operator: 'includesAny', values: ['VIP', 'x'] }, ['vip'])).toBe(true);
    expect(tags({ operator: 'includesAll', values: ['VIP', 'x'] }, ['vip'])).toBe(false);
    expect(tags({ operator: 'lacksSome', values: ['VIP', 'x'] }, ['vip'])).toBe(true);
    expect(tags({ operator: 'includesNone', values: ['VIP', 'x'] }, [])).toBe(true);
    expect(tags({ operator: 'size', compare: 'eq', value: 0 }, [])).toBe(true);
  });
});

describe('money', () => {
  it('compares within its currency only', () => {
    const worth = (test: Test) =>
      holds(where('attributes.worth', test), { attributes: { worth: { amount: 500, currency: 'EUR' } } });
    expect(worth({ operator: 'gte', value: { amount: 100, currency: 'EUR' } })).toBe(true);
    expect(worth({ operator: 'gte', value: { amount: 100, currency: 'USD' } })).toBe(false);
    expect(worth({ operator: 'neq', value: { amount: 100, currency: 'USD' } })).toBe(false);
  });
});

describe('dates', () => {
  it('have an anniversary on the 28th where 29 February does not exist', () => {
    const born = (window: object) =>
      holds(where('attributes.born', { operator: 'anniversary', window } as Test), {
        attributes: { born: '2000-02-29' },
      });
    expect(born({ type: 'on', date: '2026-02-28' })).toBe(true);
    expect(born({ type: 'on', date: '2024-02-28' })).toBe(false);
    expect(born({ type: 'on', date: '2024-02-29' })).toBe(true);
    expect(born({ type: 'this', unit: 'month' })).toBe(false);
  });
});

describe('behaviour', () => {
  const shopper: Partial<CustomerFacts> = {
    events: [
      anOrder('2026-06-14T00:00:00Z', 1000, {
        lines: [
          { productId: 'p1', name: 'Kind of Blue', category: 'Jazz', quantity: 2, price: 300 },
          { productId: 'p2', name: null, category: 'Rock', quantity: 1, price: 400 },
        ],
      }),
      anOrder('2026-06-13T23:59:59.999Z', 500),
      anOrder('2026-01-01T00:00:00Z', 9999, { currency: 'EUR' }),
      anOrder('2026-06-16T00:00:00Z', -200, { type: 'refund' }),
    ],
  };
  const measured = (measure: Measure, test: Test, known = {}) => holds(orders(test, { measure, ...known }), shopper);

  it('counts people who never did it as zero', () => {
    expect(holds(orders({ operator: 'lt', value: 3 }), {})).toBe(true);
    expect(holds(orders({ operator: 'gte', value: 1 }), {})).toBe(false);
    expect(
      holds(
        orders(
          { operator: 'lte', value: { amount: 0, currency: 'USD' } },
          { measure: { aggregate: 'sum', field: 'total' } },
        ),
        {},
      ),
    ).toBe(true);
  });

  it('has no average, least, greatest or last of nothing', () => {
    const test: Test = { operator: 'lt', value: { amount: 100_000, currency: 'USD' } };
    for (const aggregate of ['avg', 'min', 'max', 'last'] as const) {
      const node = orders(test, { measure: { aggregate, field: 'total' } });
      expect(holds(node, {})).toBe(false);
      expect(holds({ ...node, orMissing: true }, {})).toBe(true);
    }
  });

  it('counts inside a half-open window', () => {
    const window = { type: 'last', amount: 3, unit: 'days' } as const;
    expect(holds(orders({ operator: 'eq', value: 1 }, { window }), shopper)).toBe(true);
    expect(
      holds(
        orders({ operator: 'eq', value: 2 }, { window: { type: 'moreThanAgo', amount: 3, unit: 'days' } }),
        shopper,
      ),
    ).toBe(true);
  });

  it('sums one currency only, net over orders and refunds', () => {
    const usd = (amount: number): Test => ({ operator: 'eq', value: { amount, currency: 'USD' } });
    expect(measured({ aggregate: 'sum', field: 'total' }, usd(1500))).toBe(true);
    expect(measured({ aggregate: 'sum', field: 'total' }, usd(1300), { eventTypes: ['order', 'refund'] })).toBe(true);
    expect(measured({ aggregate: 'avg', field: 'total' }, usd(750))).toBe(true);
    expect(measured({ aggregate: 'max', field: 'total' }, usd(1000))).toBe(true);
  });

  it('counts, filters and sums lines', () => {
    const jazz = { type: 'field', field: 'line.category', test: { operator: 'eq', value: 'jazz' } } as const;
    expect(measured({ aggregate: 'count' }, { operator: 'eq', value: 1 }, { unit: 'line', where: jazz })).toBe(true);
    expect(measured({ aggregate: 'sum', field: 'line.quantity' }, { operator: 'eq', value: 3 }, { unit: 'line' })).toBe(
      true,
    );
    expect(
      measured(
        { aggregate: 'sum', field: 'line.amount' },
        { operator: 'eq', value: { amount: 600, currency: 'USD' } },
        { unit: 'line', where: jazz },
      ),
    ).toBe(true);
  });

  it('takes the first and last by time', () => {
    const last = { aggregate: 'last', field: 'at' } as const;
    expect(measured(last, { operator: 'within', window: { type: 'on', date: '2026-06-14' } })).toBe(true);
    expect(measured({ aggregate: 'first', field: 'currency' }, { operator: 'eq', value: 'eur' })).toBe(true);
    expect(
      measured({ aggregate: 'last', field: 'line.category' }, { operator: 'eq', value: 'Rock' }, { unit: 'line' }),
    ).toBe(true);
  });

  it('adds numbers up exactly', () => {
    const call = (minutes: number, i: number) =>
      anOrder('2026-06-14T00:00:00Z', 0, { type: 'call', eventId: String(i), properties: { minutes } });
    const node = orders(
      { operator: 'eq', value: 0.3 },
      { eventTypes: ['call'], measure: { aggregate: 'sum', field: 'properties.minutes' } },
    );
    expect(holds(node, { events: [0.1, 0.2].map(call) })).toBe(true);
  });

  it('adds amounts up exactly beyond what a number holds on the way', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const events = [huge, 2, -huge].map((total, i) => anOrder(`2026-06-0${i + 1}T00:00:00Z`, total));
    const sum = (amount: number) =>
      orders({ operator: 'eq', value: { amount, currency: 'USD' } }, { measure: { aggregate: 'sum', field: 'total' } });
    expect(holds(sum(2), { events })).toBe(true);
    const average = orders(
      { operator: 'gt', value: { amount: huge - 1, currency: 'USD' } },
      { measure: { aggregate: 'avg', field: 'total' } },
    );
    expect(
      holds(average, { events: [huge, huge - 1].map((total, i) => anOrder(`2026-06-0${i + 1}T00:00:00Z`, total)) }),
    ).toBe(true);
  });
});
