import type { AttributeType } from '../attributes/attribute.ts';
import type { Operator } from './rule.ts';

const presence = ['isSet', 'isEmpty'] as const;
const equality = ['eq', 'neq', 'in', 'notIn'] as const;
const order = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'between'] as const;

/** The operators of each type of field. Texts have no order, lists no equality. */
export const operatorsByType: Readonly<Record<AttributeType, readonly Operator[]>> = {
  string: [...equality, 'contains', 'notContains', 'startsWith', 'endsWith', ...presence],
  enum: [...equality, ...presence],
  number: [...order, 'in', 'notIn', ...presence],
  money: [...order, ...presence],
  boolean: ['eq', 'neq', ...presence],
  date: ['within', 'notWithin', 'anniversary', ...presence],
  datetime: ['within', 'notWithin', 'anniversary', ...presence],
  stringList: ['includesAny', 'includesAll', 'includesNone', 'lacksSome', 'size', ...presence],
  enumList: ['includesAny', 'includesAll', 'includesNone', 'lacksSome', 'size', ...presence],
};

/** The operators of an amount that is made of many units: it is always a number or an amount of money. */
export const aggregateOperators: readonly Operator[] = order;

const negative: ReadonlySet<Operator> = new Set([
  'neq',
  'notIn',
  'notContains',
  'notWithin',
  'includesNone',
  'lacksSome',
]);

/** Whether people without a value are easily forgotten with this operator, so that an editor should offer `orMissing`. */
export const isNegative = (operator: Operator): boolean => negative.has(operator);
