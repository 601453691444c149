import type { CustomerFacts, EventFacts } from '../segments/customer-facts.ts';
import type { BehaviourNode, Rule, RuleNode, Test } from '../segments/rule.ts';

/** A customer of whom nothing is known but what is said. */
export const aCustomer = (known: Partial<CustomerFacts> = {}): CustomerFacts => ({
  id: 'cus_00000000000000000000000000',
  externalId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  timeZone: null,
  locale: null,
  createdAt: new Date(0),
  attributes: {},
  consents: {},
  events: [],
  deliveries: [],
  lists: [],
  ...known,
});

/** An order of an amount in minor units of USD unless said otherwise. */
export const anOrder = (at: string, total: number, known: Partial<EventFacts> = {}): EventFacts => ({
  eventId: `${at}-${total}`,
  type: 'order',
  at: new Date(at),
  currency: 'USD',
  total,
  lines: [],
  properties: {},
  ...known,
});

export const ruleOf = (root: RuleNode): Rule => ({ version: 1, root });

/** A condition on a customer's field. */
export const where = (
  field: string,
  test: Test,
  options: { orMissing?: boolean; caseSensitive?: boolean } = {},
): RuleNode => ({
  type: 'attribute',
  field,
  test,
  ...options,
});

/** How many orders somebody made. */
export const orders = (test: Test, known: Partial<BehaviourNode> = {}): BehaviourNode => ({
  type: 'behaviour',
  eventTypes: ['order'],
  unit: 'event',
  window: { type: 'ever' },
  measure: { aggregate: 'count' },
  test,
  ...known,
});
