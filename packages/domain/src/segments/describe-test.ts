import { formatAmount, type Money } from '../money/money.ts';
import { describeWindow } from './describe-window.ts';
import type { Test } from './rule.ts';

const numberFormat = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });

/** A number, an amount or a quoted text as it stands in a sentence. */
export function describeValue(value: string | number | boolean | Money): string {
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value === 'number') return numberFormat.format(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return `${value.currency} ${formatAmount(value.amount, value.currency)}`;
}

const shown = 5;

function listOf(values: readonly (string | number)[], conjunction: 'or' | 'and'): string {
  const words = values.slice(0, shown).map(describeValue);
  if (values.length > shown) words.push(`${values.length - shown} more`);
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

const amounts = { lt: 'less than', lte: 'at most', gt: 'more than', gte: 'at least' } as const;

/** A number comparison before what is counted: `at least 3`, `exactly 1`, `between 2 and 4`. */
export function describeQuantity(test: Test): string {
  switch (test.operator) {
    case 'eq':
      return `exactly ${describeValue(test.value)}`;
    case 'neq':
      return `any ${typeof test.value === 'object' ? 'amount' : 'number'} but ${describeValue(test.value)}`;
    case 'lt':
      return `${typeof test.value === 'object' ? 'less' : 'fewer'} than ${describeValue(test.value)}`;
    case 'lte':
    case 'gt':
    case 'gte':
      return `${amounts[test.operator]} ${describeValue(test.value)}`;
    case 'between':
      return `between ${describeValue(test.from)} and ${describeValue(test.to)}`;
    default:
      return describeTest(test);
  }
}

/** A test as the end of a sentence that began with a field: `is “red”`, `contains “@”`, `is in the last 3 days`. */
export function describeTest(test: Test): string {
  switch (test.operator) {
    case 'isSet':
      return 'is known';
    case 'isEmpty':
      return 'is empty';
    case 'eq':
      return `is ${describeValue(test.value)}`;
    case 'neq':
      return `is not ${describeValue(test.value)}`;
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return `is ${amounts[test.operator]} ${describeValue(test.value)}`;
    case 'between':
      return `is between ${describeValue(test.from)} and ${describeValue(test.to)}`;
    case 'in':
      return `is ${listOf(test.values, 'or')}`;
    case 'notIn':
      return `is not ${listOf(test.values, 'or')}`;
    case 'contains':
      return `contains ${describeValue(test.value)}`;
    case 'notContains':
      return `does not contain ${describeValue(test.value)}`;
    case 'startsWith':
      return `starts with ${describeValue(test.value)}`;
    case 'endsWith':
      return `ends with ${describeValue(test.value)}`;
    case 'within':
      return test.window.type === 'ever' ? 'is known' : `is ${describeWindow(test.window)}`;
    case 'notWithin':
      return test.window.type === 'ever' ? 'is at no time' : `is not ${describeWindow(test.window)}`;
    case 'anniversary':
      return `has its anniversary ${describeWindow(test.window)}`;
    case 'includesAny':
      return `includes ${listOf(test.values, 'or')}`;
    case 'includesAll':
      return `includes ${listOf(test.values, 'and')}`;
    case 'includesNone':
      return `includes neither ${listOf(test.values, 'or')}`.replace(
        'neither',
        test.values.length === 1 ? 'not' : 'none of',
      );
    case 'lacksSome':
      return `lacks ${test.values.length === 1 ? '' : 'at least one of '}${listOf(test.values, 'or')}`;
    case 'size': {
      const quantity = describeQuantity({ operator: test.compare, value: test.value });
      return `has ${quantity} ${test.value === 1 ? 'entry' : 'entries'}`;
    }
    default:
      return test satisfies never;
  }
}
