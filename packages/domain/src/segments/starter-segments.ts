import type { BehaviourNode, RuleNode } from './rule.ts';
import type { DynamicSegment } from './segment.ts';

export const starterKeys = ['best', 'new', 'lapsed', 'oneOrder', 'noOrder'] as const;
export type StarterKey = (typeof starterKeys)[number];

/** A segment that an organization has from its first day; hers to change and to delete. */
export interface StarterSegment extends Pick<DynamicSegment, 'name' | 'description' | 'rule'> {
  readonly key: StarterKey;
}

const ever = { type: 'ever' } as const;
const orders = (window: BehaviourNode['window'], test: BehaviourNode['test']): BehaviourNode => ({
  type: 'behaviour',
  eventTypes: ['order'],
  unit: 'event',
  window,
  measure: { aggregate: 'count' },
  test,
});

/** Five audiences that every shop asks for. Revenue counts in one currency: the organization's. */
export function starterSegments(currency: string): readonly StarterSegment[] {
  const roots: Record<StarterKey, { name: string; description: string; root: RuleNode }> = {
    best: {
      name: 'Best customers',
      description: 'The tenth of your buyers who spent most in the last 12 months, refunds taken off.',
      root: {
        type: 'rank',
        direction: 'top',
        amount: 10,
        of: 'percent',
        eventTypes: ['order', 'refund'],
        unit: 'event',
        window: { type: 'last', amount: 12, unit: 'months' },
        measure: { aggregate: 'sum', field: 'total', currency },
      },
    },
    new: {
      name: 'New customers',
      description: 'Ordered for the first time in the last 30 days.',
      root: {
        type: 'behaviour',
        eventTypes: ['order'],
        unit: 'event',
        window: ever,
        measure: { aggregate: 'first', field: 'at' },
        test: { operator: 'within', window: { type: 'last', amount: 30, unit: 'days' } },
      },
    },
    lapsed: {
      name: 'Lapsed customers',
      description: 'Ordered before, but not in the last 6 months: worth asking back.',
      root: {
        type: 'all',
        children: [
          orders(ever, { operator: 'gte', value: 1 }),
          orders({ type: 'last', amount: 6, unit: 'months' }, { operator: 'eq', value: 0 }),
        ],
      },
    },
    oneOrder: {
      name: 'One order so far',
      description: 'Ordered once: the second order makes a regular.',
      root: orders(ever, { operator: 'eq', value: 1 }),
    },
    noOrder: {
      name: 'No order yet',
      description: 'Known to you, but never ordered.',
      root: orders(ever, { operator: 'eq', value: 0 }),
    },
  };
  return starterKeys.map((key) => {
    const { name, description, root } = roots[key];
    return { key, name, description, rule: { version: 1, root } };
  });
}
