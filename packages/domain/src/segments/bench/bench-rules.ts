import { ruleOf, where } from '../../testing/build.ts';
import type { Window } from '../../time/window.ts';
import type { CustomerFacts } from '../customer-facts.ts';
import type { BehaviourNode, RuleNode, UnitFilter } from '../rule.ts';
import { benchNow } from './made-up-customers.ts';

/** One rule of the benchmark: as a rule, and as somebody would write it by hand for these facts. */
export interface BenchRule {
  readonly name: string;
  readonly rule: ReturnType<typeof ruleOf>;
  readonly byHand: (facts: CustomerFacts) => boolean;
}

const all = (...children: RuleNode[]): RuleNode => ({ type: 'all', children });
const any = (...children: RuleNode[]): RuleNode => ({ type: 'any', children });
const not = (child: RuleNode): RuleNode => ({ type: 'not', child });
const lastDays = (amount: number): Window => ({ type: 'last', amount, unit: 'days' });
const usd = (amount: number) => ({ amount, currency: 'USD' });
const ofOrders = (known: Omit<BehaviourNode, 'type' | 'eventTypes' | 'unit' | 'window'> & Partial<BehaviourNode>) =>
  ({ type: 'behaviour', eventTypes: ['order'], unit: 'event', window: { type: 'ever' }, ...known }) as RuleNode;
const count = { aggregate: 'count' } as const;

const cities = ['City 3', 'City 77', 'City 140'];
const r1 = all(
  where('attributes.city', { operator: 'in', values: cities }),
  ofOrders({ measure: { aggregate: 'sum', field: 'total' }, test: { operator: 'gt', value: usd(20_000) } }),
  ofOrders({ measure: count, test: { operator: 'gte', value: 3 } }),
  ofOrders({ measure: { aggregate: 'last', field: 'at' }, test: { operator: 'within', window: lastDays(30) } }),
);

const r2 = all(
  any(
    where('attributes.plan', { operator: 'eq', value: 'pro' }),
    where('attributes.tags', { operator: 'includesAny', values: ['vip'] }),
  ),
  not(where('attributes.country', { operator: 'eq', value: 'US' })),
  where('attributes.age', { operator: 'between', from: 25, to: 40 }),
);

const productOrCategory: UnitFilter = {
  type: 'any',
  children: [
    { type: 'field', field: 'line.product', test: { operator: 'eq', value: 'p7' } },
    { type: 'field', field: 'line.category', test: { operator: 'eq', value: 'Category 3' } },
  ],
};
const bought = { unit: 'line', where: productOrCategory, window: lastDays(90) } as const;
const r3 = all(
  ofOrders({ ...bought, measure: count, test: { operator: 'gte', value: 3 } }),
  ofOrders({
    ...bought,
    measure: { aggregate: 'sum', field: 'line.amount' },
    test: { operator: 'gt', value: usd(10_000) },
  }),
);

const r4: RuleNode = {
  type: 'sequence',
  steps: [{ eventTypes: ['cart_added'] }],
  notFollowedBy: { eventTypes: ['order'] },
  window: lastDays(7),
};

const r5 = all(any(r1, r3), not(r4));

// By hand: what the same people are found with, where nobody needs to change the rule. Case does not matter in rules, so it
// does not here. Windows end at now and begin at midnight UTC.

const midnight = Date.UTC(2026, 5, 17);
const daysAgo = (days: number) => midnight - days * 86_400_000;
const [days7, days30, days90] = [daysAgo(7), daysAgo(30), daysAgo(90)];
const folded = new Set(cities.map((city) => city.toLowerCase()));

function r1ByHand({ attributes, events }: CustomerFacts): boolean {
  const { city } = attributes;
  if (typeof city !== 'string' || !folded.has(city.toLowerCase())) return false;
  let spent = 0;
  let orders = 0;
  let last = 0;
  for (const { type, currency, total, at } of events) {
    if (type !== 'order') continue;
    orders++;
    if (currency === 'USD' && total !== null) spent += total;
    const time = at.getTime();
    if (time > last) last = time;
  }
  return spent > 20_000 && orders >= 3 && last >= days30 && last < benchNow;
}

function r2ByHand({ attributes: { plan, tags, country, age } }: CustomerFacts): boolean {
  const isPro = typeof plan === 'string' && plan.toLowerCase() === 'pro';
  if (!isPro && !(Array.isArray(tags) && tags.some((tag) => tag.toLowerCase() === 'vip'))) return false;
  if (typeof country === 'string' && country.toLowerCase() === 'us') return false;
  return typeof age === 'number' && age >= 25 && age <= 40;
}

function r3ByHand({ events }: CustomerFacts): boolean {
  let times = 0;
  let spent = 0;
  for (const { type, at, currency, lines } of events) {
    if (type !== 'order') continue;
    const time = at.getTime();
    if (time < days90 || time >= benchNow) continue;
    for (const { productId, category, price, quantity } of lines) {
      if (productId?.toLowerCase() !== 'p7' && category?.toLowerCase() !== 'category 3') continue;
      times++;
      if (currency === 'USD' && price !== null) spent += price * quantity;
    }
  }
  return times >= 3 && spent > 10_000;
}

function r4ByHand({ events }: CustomerFacts): boolean {
  let lastCart = 0;
  let lastOrder = 0;
  for (const { type, at } of events) {
    if (type === 'cart_added') {
      const time = at.getTime();
      if (time >= days7 && time < benchNow && time > lastCart) lastCart = time;
    } else if (type === 'order') {
      const time = at.getTime();
      if (time < benchNow && time > lastOrder) lastOrder = time;
    }
  }
  return lastCart > 0 && lastOrder <= lastCart;
}

const r5ByHand = (facts: CustomerFacts): boolean => (r1ByHand(facts) || r3ByHand(facts)) && !r4ByHand(facts);

/** R1 to R5 of the issue. */
export const benchRules: readonly BenchRule[] = [
  { name: 'R1', rule: ruleOf(r1), byHand: r1ByHand },
  { name: 'R2', rule: ruleOf(r2), byHand: r2ByHand },
  { name: 'R3', rule: ruleOf(r3), byHand: r3ByHand },
  { name: 'R4', rule: ruleOf(r4), byHand: r4ByHand },
  { name: 'R5', rule: ruleOf(r5), byHand: r5ByHand },
];
