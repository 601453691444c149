import type { DemoSegment, DemoSetting } from './demo-model.ts';
import { priceIn } from './products.ts';

/** Four audiences that a shop like this would keep. */
export const demoSegments = ({ currency }: Pick<DemoSetting, 'currency'>): readonly DemoSegment[] => [
  {
    key: 'club',
    name: 'Club members',
    rule: {
      version: 1,
      root: { type: 'attribute', field: 'attributes.plan', test: { operator: 'in', values: ['Club', 'Club Plus'] } },
    },
  },
  {
    key: 'regulars',
    name: 'Regulars: 4 orders in a year',
    rule: {
      version: 1,
      root: {
        type: 'behaviour',
        eventTypes: ['order'],
        unit: 'event',
        window: { type: 'last', amount: 12, unit: 'months' },
        measure: { aggregate: 'count' },
        test: { operator: 'gte', value: 4 },
      },
    },
  },
  {
    key: 'bigSpenders',
    name: 'Big spenders',
    rule: {
      version: 1,
      root: {
        type: 'behaviour',
        eventTypes: ['order', 'refund'],
        unit: 'event',
        window: { type: 'ever' },
        measure: { aggregate: 'sum', field: 'total' },
        test: { operator: 'gte', value: { amount: priceIn(currency, 300), currency } },
      },
    },
  },
  {
    key: 'lapsed',
    name: 'Lapsed: nothing for six months',
    rule: {
      version: 1,
      root: {
        type: 'all',
        children: [
          {
            type: 'behaviour',
            eventTypes: ['order'],
            unit: 'event',
            window: { type: 'ever' },
            measure: { aggregate: 'count' },
            test: { operator: 'gte', value: 1 },
          },
          {
            type: 'behaviour',
            eventTypes: ['order'],
            unit: 'event',
            window: { type: 'last', amount: 6, unit: 'months' },
            measure: { aggregate: 'count' },
            test: { operator: 'eq', value: 0 },
          },
        ],
      },
    },
  },
];
