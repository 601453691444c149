import type { Cutoff, NumberTest, ResolvedMeasure, ResolvedTest } from '@mini-crm/domain';
import { Decimal128, type Document } from 'mongodb';
import { type MongoAmount, unitAmount, unitMongoField } from './mongo-fields.ts';
import { allOf, type Exactness, type Query } from './mongo-query.ts';
import { compareNumber, conditionQuery } from './mongo-test.ts';

/** How a measure is made of units, one document a person: their value is `v`, and of an average `v / n`. */
export interface MongoMeasure {
  /** Units that the measure does not leave out: with a number, of the currency. */
  readonly countable: Query;
  /** The stages from units to `{ _id: customerId, v, n? }`. */
  readonly stages: readonly Document[];
}

/** Plans a measure; null where MongoDB can't make it exactly. */
export function planMeasure(measure: ResolvedMeasure): MongoMeasure | null {
  switch (measure.aggregate) {
    case 'count':
      return { countable: true, stages: [grouped({ v: { $sum: 1 } })] };
    case 'distinct': {
      // Texts are the same when their folded forms are, which events don't store.
      if (measure.field.type !== 'number') return null;
      const { path } = unitMongoField(measure.field);
      const stages = [grouped({ v: { $addToSet: `$${path}` } }), { $set: { v: { $size: '$v' } } }];
      return { countable: { [path]: { $type: 'number' } }, stages };
    }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max': {
      const { field, scale, currency } = measure;
      const amount = currency === null ? scaledNumber(unitMongoField(field).path, scale) : unitAmount(field);
      const numbers = amount.paths.map((path) => ({ [path]: { $type: 'number' } }));
      const countable = allOf([currency === null ? true : { currency }, ...numbers]);
      if (measure.aggregate !== 'avg') {
        return { countable, stages: [grouped({ v: { [`$${measure.aggregate}`]: amount.expression } })] };
      }
      return { countable, stages: [grouped({ v: { $sum: amount.expression }, n: { $sum: 1 } })] };
    }
    case 'first':
    case 'last':
      // Another field's value is that of the first event by time and id, and by the order of lines.
      if (measure.field.path !== 'at') return null;
      return {
        countable: true,
        stages: [grouped({ v: { [measure.aggregate === 'first' ? '$min' : '$max']: '$at' } })],
      };
    default:
      return measure satisfies never;
  }
}

const grouped = (accumulators: Document): Document => ({ $group: { _id: '$customerId', ...accumulators } });

/** Whole ten-thousandths: added up they are the same in every order. */
const scaledNumber = (path: string, scale: number): MongoAmount => ({
  paths: [path],
  expression: { $round: [{ $multiply: [`$${path}`, scale] }, 0] },
});

/** What a person's value is held against; null where MongoDB can't say it exactly. */
export function measureQuery(measure: ResolvedMeasure, test: ResolvedTest, orMissing: boolean): Query | null {
  switch (measure.aggregate) {
    case 'count':
    case 'distinct':
    case 'sum':
    case 'min':
    case 'max':
      return { v: compareNumber(numberTest(test)) };
    case 'avg':
      return averageQuery(numberTest(test));
    case 'first':
    case 'last': {
      const exactness: Exactness = { exact: true };
      const query = conditionQuery({ path: 'v', folded: null }, { test, orMissing }, 'over', exactness);
      return exactness.exact ? query : null;
    }
    default:
      return measure satisfies never;
  }
}

/** The test of an aggregate, which compares numbers. */
export function numberTest(test: ResolvedTest): NumberTest {
  if (test.kind !== 'number') throw new Error(`An aggregate can't be held against a ${test.kind} test`);
  return test;
}

const decimal = (value: number): Decimal128 => Decimal128.fromString(String(value));

/** An average is held against a number without dividing: its sum against the number times its count, both exact as decimals. */
function averageQuery({ operator, values }: NumberTest): Query {
  const [a, b] = values.map((operand) => ({ $multiply: [decimal(operand), '$n'] }));
  switch (operator) {
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return { $expr: { [`$${operator}`]: ['$v', a] } };
    case 'neq':
      return { $expr: { $ne: ['$v', a] } };
    case 'between':
      return { $expr: { $and: [{ $gte: ['$v', a] }, { $lte: ['$v', b] }] } };
    case 'in':
    case 'notIn':
      throw new Error(`An average can't be compared by ${operator}`);
    default:
      return operator satisfies never;
  }
}

/** Whether a person's value is at least (`bottom`: at most) that of the last one who is in. */
export function cutoffQuery(measure: ResolvedMeasure, direction: 'top' | 'bottom', { n, d }: Cutoff): Query {
  const operator = direction === 'top' ? '$gte' : '$lte';
  if (measure.aggregate !== 'avg') return { v: { [operator]: n / d } };
  // v / count >= n / d, both sides times both counts. A double would become a decimal of 15 digits only.
  const whole = { $toLong: '$v' };
  return { $expr: { [operator]: [{ $multiply: [decimal(d), whole] }, { $multiply: [decimal(n), '$n'] }] } };
}
