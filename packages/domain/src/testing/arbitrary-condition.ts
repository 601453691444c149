import fc from 'fast-check';
import type { Field } from '../segments/fields.ts';
import { aggregateOperators, operatorsByType } from '../segments/operators.ts';
import type { Operator, Test } from '../segments/rule.ts';
import { arbitraryWindow, boundedWindow } from './arbitrary-window.ts';
import { awkwardAmounts, awkwardCurrencies, awkwardNumbers, awkwardTexts } from './awkward-values.ts';

function operand(field: Field): fc.Arbitrary<never> {
  const pools = {
    number: fc.constantFrom(...awkwardNumbers),
    boolean: fc.boolean(),
    money: fc.record({ amount: fc.constantFrom(...awkwardAmounts), currency: fc.constantFrom(...awkwardCurrencies) }),
    text: fc.constantFrom(
      ...(field.options.length > 0 ? field.options : [...awkwardTexts, 'p1', 'Jazz', 'USD', 'en-us']),
    ),
  };
  const pool = field.type in pools ? pools[field.type as keyof typeof pools] : pools.text;
  return pool as fc.Arbitrary<never>;
}

/** A test with one operator that fits the field. */
function testOf(operator: Operator, field: Field): fc.Arbitrary<Test> {
  const value = operand(field);
  const many = fc.uniqueArray(value, { minLength: 1, maxLength: 3 });
  switch (operator) {
    case 'isSet':
    case 'isEmpty':
      return fc.constant({ operator });
    case 'eq':
    case 'neq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return value.map((one) => ({ operator, value: one }) as Test);
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith':
      return fc
        .tuple(fc.constantFrom(...awkwardTexts.filter((text) => text !== '')), fc.integer({ min: 1, max: 4 }))
        .map(([text, length]) => ({ operator, value: [...text].slice(0, length).join('') }));
    case 'between':
      return fc.tuple(value, value).map(([from, to]) => {
        if (typeof from === 'number') return { operator, from, to };
        const ends = { from: from as { amount: number; currency: string }, to: to as { amount: number } };
        return { operator, from: ends.from, to: { amount: ends.to.amount, currency: ends.from.currency } };
      });
    case 'in':
    case 'notIn':
    case 'includesAny':
    case 'includesAll':
    case 'includesNone':
    case 'lacksSome':
      return many.map((values) => ({ operator, values }) as Test);
    case 'within':
    case 'notWithin':
      return arbitraryWindow(field.type === 'date').map((window) => ({ operator, window }));
    case 'anniversary':
      return boundedWindow.map((window) => ({ operator, window }));
    case 'size':
      return fc.record({
        operator: fc.constant(operator),
        compare: fc.constantFrom('eq', 'neq', 'lt', 'lte', 'gt', 'gte'),
        value: fc.integer({ min: 0, max: 3 }),
      });
    default:
      return operator satisfies never;
  }
}

/** What may stand beside any test. */
export const leafOptions = fc.record(
  { orMissing: fc.constantFrom(true), caseSensitive: fc.constantFrom(true) },
  { requiredKeys: [] },
);

/** A field with a test and options that fit it. */
export const condition = (field: Field) =>
  fc
    .tuple(
      fc.constantFrom(...operatorsByType[field.type]).chain((operator) => testOf(operator, field)),
      leafOptions,
    )
    .map(([test, options]) => ({ field: field.path, test, ...options }));

/** A test of what is made of many units of a field. */
export const quantity = (field: Field): fc.Arbitrary<Test> =>
  fc.constantFrom(...aggregateOperators).chain((operator) => testOf(operator, field));

/** A test of a count, near the counts that there are. */
export const smallCount: fc.Arbitrary<Test> = fc
  .tuple(
    fc.constantFrom('eq' as const, 'neq' as const, 'lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([operator, value]) => ({ operator, value }));
