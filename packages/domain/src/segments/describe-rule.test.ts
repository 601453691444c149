import { expect, it } from 'vitest';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { orders, ruleOf, where } from '../testing/build.ts';
import { describeRule } from './describe-rule.ts';
import type { RuleNode } from './rule.ts';

const since = { type: 'since', date: '1998-01-01' } as const;
const spent = { aggregate: 'sum', field: 'total' } as const;
const red = where('attributes.color', { operator: 'eq', value: 'red' });

const sentences: [RuleNode, string][] = [
  [{ type: 'everyone' }, 'All customers.'],
  [orders({ operator: 'eq', value: 1 }), 'Customers who have exactly 1 order.'],
  [orders({ operator: 'eq', value: 0 }, { window: since }), 'Customers who have no orders since 1 Jan 1998.'],
  [
    orders({ operator: 'gte', value: 3 }, { window: { type: 'last', amount: 90, unit: 'days' } }),
    'Customers who have at least 3 orders in the last 90 days.',
  ],
  [
    orders({ operator: 'gte', value: { amount: 50_000, currency: 'USD' } }, { measure: spent }),
    'Customers whose orders add up to at least USD 500.00.',
  ],
  [
    where('attributes.color', { operator: 'neq', value: 'red' }, { orMissing: true }),
    'Customers whose color is not “red” or has no value.',
  ],
  [{ type: 'not', child: red }, 'All customers except those whose color is “red”.'],
  [
    { type: 'not', child: { type: 'any', children: [red, orders({ operator: 'gte', value: 1 })] } },
    'All customers except those whose color is “red” or who have at least 1 order.',
  ],
  [{ type: 'all', children: [{ type: 'not', child: red }] }, 'All customers except those whose color is “red”.'],
  [
    { type: 'all', children: [red, { type: 'any', children: [orders({ operator: 'gte', value: 1 }), red] }] },
    'Customers whose color is “red” and (who have at least 1 order or whose color is “red”).',
  ],
  [
    orders(
      { operator: 'gte', value: 2 },
      {
        unit: 'line',
        where: { type: 'field', field: 'line.category', test: { operator: 'in', values: ['Jazz', 'Rock'] } },
      },
    ),
    'Customers who have at least 2 order lines where category is “Jazz” or “Rock”.',
  ],
];

it.each(sentences)('%j reads', (root, sentence) => {
  expect(describeRule(ruleOf(root), awkwardFields)).toBe(sentence);
});
