import { expect, it } from 'vitest';
import type { SegmentId } from '../ids/id.ts';
import { awkwardCampaigns, awkwardFields, awkwardSegments, forgottenCampaign } from '../testing/awkward-catalogue.ts';
import { orders, ruleOf, where } from '../testing/build.ts';
import { describeRule } from './describe-rule.ts';
import type { EngagementNode, RankNode, RuleNode, SequenceNode } from './rule.ts';

const since = { type: 'since', date: '1998-01-01' } as const;
const spent = { aggregate: 'sum', field: 'total' } as const;
const red = where('attributes.color', { operator: 'eq', value: 'red' });

const [spring] = awkwardCampaigns;
const firstSegment = [...awkwardSegments.keys()][0] as SegmentId;
const sequence = (known: Partial<SequenceNode>): SequenceNode => ({
  type: 'sequence',
  steps: [{ eventTypes: ['added_to_cart'] }],
  window: { type: 'ever' },
  ...known,
});
const engagement = (known: Partial<EngagementNode>): EngagementNode => ({
  type: 'engagement',
  kind: 'sent',
  window: { type: 'ever' },
  ...known,
});
const rank = (known: Partial<RankNode>): RankNode => ({
  type: 'rank',
  direction: 'top',
  amount: 10,
  of: 'percent',
  eventTypes: ['order'],
  unit: 'event',
  window: { type: 'ever' },
  measure: { aggregate: 'sum', field: 'total', currency: 'USD' },
  ...known,
});

const sentences: [RuleNode, string][] = [
  [{ type: 'everyone' }, 'All customers.'],
  [orders({ operator: 'eq', value: 1 }), 'Customers who have exactly 1 order.'],
  [orders({ operator: 'eq', value: 0 }, { window: since }), 'Customers who have no orders since 1 Jan 1998.'],
  [
    orders({ operator: 'gte', value: 3 }, { window: { type: 'last', amount: 90, unit: 'days' } }),
    'Customers who have at least 3 orders in the last 90 days.',
  ],
  [
    orders({ operator: 'gte', value: 3 }, { window: { type: 'last', amount: 1, unit: 'days', mode: 'rolling' } }),
    'Customers who have at least 3 orders in the last 1 day to the hour.',
  ],
  [
    orders({ operator: 'gte', value: { amount: 50_000, currency: 'USD' } }, { measure: spent }),
    'Customers whose orders add up to at least USD 500.00.',
  ],
  [
    where('attributes.color', { operator: 'neq', value: 'red' }, { orMissing: true }),
    'Customers whose color is not “red” (or has no value).',
  ],
  [
    where('attributes.color', { operator: 'neq', value: 'red' }, { orMissing: true, caseSensitive: true }),
    'Customers whose color is not “red” (or has no value; case counts).',
  ],
  // A `not` must not seem to reach further than it does.
  [
    { type: 'any', children: [{ type: 'not', child: red }, orders({ operator: 'gte', value: 1 })] },
    'Customers who have at least 1 order or not those whose color is “red”.',
  ],
  [
    {
      type: 'all',
      children: [
        { type: 'not', child: red },
        { type: 'not', child: orders({ operator: 'gte', value: 1 }) },
      ],
    },
    'All customers except those whose color is “red” and except those who have at least 1 order.',
  ],
  [
    {
      type: 'not',
      child: { type: 'all', children: [red, { type: 'not', child: orders({ operator: 'eq', value: 1 }) }] },
    },
    'All customers except those (whose color is “red” and not those who have exactly 1 order).',
  ],
  [
    orders(
      { operator: 'gte', value: 1 },
      {
        window: { type: 'last', amount: 3, unit: 'days' },
        where: {
          type: 'any',
          children: [
            { type: 'field', field: 'currency', test: { operator: 'eq', value: 'USD' } },
            { type: 'field', field: 'currency', test: { operator: 'eq', value: 'EUR' } },
          ],
        },
      },
    ),
    'Customers who have at least 1 order where (currency is “USD” or currency is “EUR”) in the last 3 days.',
  ],
  [{ type: 'not', child: red }, 'All customers except those whose color is “red”.'],
  [
    { type: 'not', child: { type: 'any', children: [red, orders({ operator: 'gte', value: 1 })] } },
    'All customers except those whose color is “red” or who have at least 1 order.',
  ],
  [{ type: 'all', children: [{ type: 'not', child: red }] }, 'All customers except those whose color is “red”.'],
  [
    { type: 'all', children: [red, { type: 'all', children: [{ type: 'not', child: { type: 'not', child: red } }] }] },
    'Customers whose color is “red” and whose color is “red”.',
  ],
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
  [sequence({}), 'Customers who have an “added to cart” event.'],
  [
    sequence({
      steps: [{ eventTypes: ['added_to_cart'] }],
      window: { type: 'last', amount: 7, unit: 'days' },
      notFollowedBy: { eventTypes: ['order'] },
    }),
    'Customers who have an “added to cart” event in the last 7 days, and no order after that.',
  ],
  [
    sequence({
      steps: [
        { eventTypes: ['visit'] },
        { eventTypes: ['order', 'refund'], within: { amount: 1, unit: 'days', from: 'previous' } },
        {
          eventTypes: ['call'],
          where: { type: 'field', field: 'properties.channel', test: { operator: 'eq', value: 'phone' } },
          within: { amount: 2, unit: 'weeks', from: 'first' },
        },
      ],
      notFollowedBy: { eventTypes: ['order'], within: { amount: 36, unit: 'hours' } },
    }),
    'Customers who have a visit, then an order or refund within 1 day, then a call where channel is “phone” within 2 weeks of the first step, and no order in the 36 hours after that.',
  ],
  [
    { type: 'any', children: [red, sequence({ notFollowedBy: { eventTypes: ['order'] } })] },
    'Customers whose color is “red” or (who have an “added to cart” event, and no order after that).',
  ],
  [engagement({ kind: 'opened' }), 'Customers who opened a message.'],
  [
    engagement({ kind: 'clicked', campaignId: spring.id, test: { operator: 'gte', value: 2 }, includeMachine: true }),
    'Customers who clicked in at least 2 messages of “Spring sale” (clicks by scanners count too).',
  ],
  [
    engagement({ kind: 'sentNotOpened', window: { type: 'last', amount: 30, unit: 'days' } }),
    'Customers who left a message sent in the last 30 days unopened.',
  ],
  [
    engagement({ kind: 'sent', test: { operator: 'eq', value: 0 }, window: { type: 'this', unit: 'month' } }),
    'Customers who were sent no message this month.',
  ],
  [
    engagement({ kind: 'bounced', test: { operator: 'lt', value: 3 } }),
    'Customers who had fewer than 3 messages bounce.',
  ],
  [
    engagement({ kind: 'unsubscribed', campaignId: forgottenCampaign }),
    'Customers who unsubscribed by a message of an unknown campaign.',
  ],
  [
    { type: 'not', child: { type: 'inSegment', segmentId: firstSegment } },
    'All customers except those who are in the segment “Segment 1”.',
  ],
  [rank({}), 'Customers who are among the top 10% by revenue in USD from orders.'],
  [
    rank({ direction: 'bottom', amount: 1000, of: 'people', measure: { aggregate: 'count' }, window: since }),
    'Customers who are among the bottom 1,000 by number of orders since 1 Jan 1998.',
  ],
  [
    rank({ amount: 2.5, unit: 'line', measure: { aggregate: 'avg', field: 'line.price', currency: 'EUR' } }),
    'Customers who are among the top 2.5% by average price in EUR of order lines.',
  ],
  [
    rank({ unit: 'line', measure: { aggregate: 'distinct', field: 'line.category' } }),
    'Customers who are among the top 10% by number of different values of category in order lines.',
  ],
];

it.each(sentences)('%j reads', (root, sentence) => {
  expect(describeRule(ruleOf(root), awkwardFields)).toBe(sentence);
});
