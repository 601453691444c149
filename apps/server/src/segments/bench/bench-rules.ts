import type { RuleNode } from '@mini-crm/domain';

/** A rule of the benchmark: `edit` makes each asking a rule of its own, so that no answer can be remembered. */
export interface BenchRule {
  readonly name: string;
  readonly barMs: number;
  readonly root: (edit: number) => RuleNode;
}

const all = (...children: RuleNode[]): RuleNode => ({ type: 'all', children });
const any = (...children: RuleNode[]): RuleNode => ({ type: 'any', children });
const not = (child: RuleNode): RuleNode => ({ type: 'not', child });
const attribute = (slug: string, test: object): RuleNode =>
  ({ type: 'attribute', field: `attributes.${slug}`, test }) as RuleNode;
const usd = (amount: number) => ({ amount, currency: 'USD' });
const lastDays = (amount: number) => ({ type: 'last', amount, unit: 'days' }) as const;
const ever = { type: 'ever' } as const;
const deeds = (eventTypes: string[], rest: object): RuleNode =>
  ({ type: 'behaviour', eventTypes, unit: 'event', window: ever, ...rest }) as RuleNode;
const count = { aggregate: 'count' };

const r1 = (edit: number) =>
  all(
    attribute('city', { operator: 'in', values: ['City 3', 'City 77', `City ${100 + (edit % 100)}`] }),
    deeds(['order'], {
      measure: { aggregate: 'sum', field: 'total' },
      test: { operator: 'gt', value: usd(20_000 + edit) },
    }),
    deeds(['order'], { measure: count, test: { operator: 'gte', value: 3 } }),
    deeds(['order'], {
      measure: { aggregate: 'last', field: 'at' },
      test: { operator: 'within', window: lastDays(30) },
    }),
  );

const r2 = (edit: number) =>
  all(
    any(
      attribute('plan', { operator: 'eq', value: 'pro' }),
      attribute('tags', { operator: 'includesAny', values: ['vip', `none ${edit}`] }),
    ),
    not(attribute('country', { operator: 'eq', value: 'US' })),
    attribute('age', { operator: 'between', from: 25, to: 40 }),
  );

const bought = (edit: number, rest: object) =>
  deeds(['order'], {
    unit: 'line',
    window: lastDays(90),
    where: {
      type: 'any',
      children: [
        { type: 'field', field: 'line.product', test: { operator: 'eq', value: `P${edit % 50}` } },
        { type: 'field', field: 'line.category', test: { operator: 'eq', value: 'Category 7' } },
      ],
    },
    ...rest,
  });
const r3 = (edit: number) =>
  all(
    bought(edit, { measure: count, test: { operator: 'gte', value: 3 } }),
    bought(edit, {
      measure: { aggregate: 'sum', field: 'line.amount' },
      test: { operator: 'gt', value: usd(10_000 + edit) },
    }),
  );

const r4 = (edit: number): RuleNode => ({
  type: 'sequence',
  steps: [
    {
      eventTypes: ['cart_added'],
      where: { type: 'field', field: 'properties.product', test: { operator: 'neq', value: `P${edit}` } },
    },
  ],
  notFollowedBy: { eventTypes: ['order'] },
  window: lastDays(7),
});

const r6 = (edit: number) =>
  all(attribute('city', { operator: 'neq', value: `nowhere ${edit}` }), {
    type: 'attribute',
    field: 'consents.email',
    test: { operator: 'eq', value: 'granted' },
  });

const ofProduct = (edit: number) => ({
  type: 'field',
  field: 'properties.product',
  test: { operator: 'neq', value: `P${edit}` },
});

/** R1 to R6 of the issue, then those that read the whole history of half of all events. */
export const benchRules: readonly BenchRule[] = [
  { name: 'R1', barMs: 50, root: r1 },
  { name: 'R2', barMs: 50, root: r2 },
  { name: 'R3', barMs: 50, root: r3 },
  { name: 'R4', barMs: 50, root: r4 },
  { name: 'R5', barMs: 50, root: (edit) => all(any(r1(edit), r3(edit)), not(r4(edit))) },
  { name: 'R6', barMs: 50, root: r6 },
  {
    name: 'whole history',
    barMs: 500,
    root: (edit) =>
      deeds(['product_viewed'], { where: ofProduct(edit), measure: count, test: { operator: 'gte', value: 5 } }),
  },
  {
    name: 'distinct',
    barMs: 1200,
    root: (edit) =>
      deeds(['product_viewed'], {
        where: ofProduct(edit),
        measure: { aggregate: 'distinct', field: 'properties.product' },
        test: { operator: 'gte', value: 4 },
      }),
  },
  {
    name: 'sequence',
    barMs: 1200,
    root: (edit) => ({
      type: 'sequence',
      steps: [
        { eventTypes: ['product_viewed'], where: ofProduct(edit) as never },
        { eventTypes: ['cart_added'], within: { amount: 7, unit: 'days', from: 'previous' } },
      ],
      window: ever,
    }),
  },
];
