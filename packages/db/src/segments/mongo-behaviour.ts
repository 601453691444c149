import type { NumberTest, ResolvedBehaviour, ResolvedFilter, ResolvedMeasure, ResolvedTest } from '@mini-crm/domain';
import { compileNumber } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import { type MongoAmount, unitAmount, unitMongoField } from './mongo-fields.ts';
import {
  allOf,
  anyOf,
  approximate,
  type Exactness,
  matchStage,
  negated,
  otherSide,
  type Query,
  type Side,
} from './mongo-query.ts';
import { compareNumber, conditionQuery, instantOperand } from './mongo-test.ts';

/**
 * A behaviour as the people who differ in it from someone who did nothing: `pipeline` runs on events and gives one document
 * `{ _id: customerId }` for each. `idle` is what holds for everybody else.
 */
export interface BehaviourPlan {
  readonly idle: boolean;
  readonly pipeline: readonly Document[];
}

type Scope = { readonly orgId: string; readonly after: string | null };

/** Plans a behaviour leaf, or says what stands for it where MongoDB can't say anything better. */
export function planBehaviour(
  node: ResolvedBehaviour,
  scope: Scope,
  side: Side,
  exactness: Exactness,
): BehaviourPlan | boolean {
  const units: Exactness = { exact: true };
  const where = node.where ? filterQuery(node.where, 'over', units) : true;
  const idle = isIdleTrue(node);
  const outcome = units.exact ? outcomeOf(node, idle) : null;
  if (outcome === null) {
    // Of an inexact leaf it is only known that somebody without any unit is as if idle.
    exactness.exact = false;
    if (idle || side === 'under') return side === 'over';
    return { idle, pipeline: [...unitStages(node, scope, where), { $group: { _id: '$customerId' } }] };
  }
  return {
    idle,
    pipeline: [
      ...unitStages(node, scope, allOf([where, outcome.countable])),
      { $group: { _id: '$customerId', ...outcome.group } },
      matchStage(idle ? negated(outcome.holds) : outcome.holds),
    ],
  };
}

/** Whether the leaf holds for somebody who did nothing: counts and sums are 0, all else has no value. */
function isIdleTrue({ measure, test, orMissing }: ResolvedBehaviour): boolean {
  switch (measure.aggregate) {
    case 'count':
    case 'distinct':
    case 'sum':
      return compileNumber(numberTest(test))(0, 1);
    case 'avg':
    case 'min':
    case 'max':
      return orMissing;
    case 'first':
    case 'last':
      return orMissing || test.kind === 'isEmpty';
    default:
      return measure satisfies never;
  }
}

function numberTest(test: ResolvedTest): NumberTest {
  if (test.kind !== 'number') throw new Error(`An aggregate can't be held against a ${test.kind} test`);
  return test;
}

/** The units that count, one document each: events, or lines where the leaf asks for lines. */
function unitStages(node: ResolvedBehaviour, { orgId, after }: Scope, where: Query): Document[] {
  const at = instantOperand(node.range);
  const events = {
    orgId,
    type: node.eventTypes.length === 1 ? node.eventTypes[0] : { $in: node.eventTypes },
    ...(at === null ? {} : { at }),
    ...(after === null ? {} : { customerId: { $gt: after } }),
  };
  if (node.unit === 'event') return [matchStage(allOf([events, where]))];
  return [{ $match: events }, { $unwind: '$lines' }, ...(where === true ? [] : [matchStage(where)])];
}

function filterQuery(filter: ResolvedFilter, side: Side, exactness: Exactness): Query {
  switch (filter.type) {
    case 'all':
      return allOf(filter.children.map((child) => filterQuery(child, side, exactness)));
    case 'any':
      return anyOf(filter.children.map((child) => filterQuery(child, side, exactness)));
    case 'not':
      return negated(filterQuery(filter.child, otherSide(side), exactness));
    case 'field':
      if (filter.field.type !== 'money') return conditionQuery(unitMongoField(filter.field), filter, side, exactness);
      return amountQuery(unitAmount(filter.field), filter, side, exactness);
    default:
      return filter satisfies never;
  }
}

const present = ({ paths }: MongoAmount, path = 'currency'): Query =>
  allOf([{ [path]: { $type: 'string' } }, ...paths.map((part) => ({ [part]: { $type: 'number' } }))]);

function amountQuery(
  amount: MongoAmount,
  { test, orMissing }: { test: ResolvedTest; orMissing: boolean },
  side: Side,
  exactness: Exactness,
): Query {
  const known = present(amount);
  const missing = orMissing || test.kind === 'isEmpty' ? negated(known) : false;
  if (test.kind === 'isSet') return anyOf([known, missing]);
  if (test.kind === 'isEmpty') return missing;
  const [path] = amount.paths;
  if (test.kind !== 'money' || amount.paths.length > 1 || path === undefined) {
    return anyOf([missing, approximate(side, exactness, known)]);
  }
  return anyOf([missing, { currency: test.currency, [path]: compareNumber(test) }]);
}

interface Outcome {
  /** Units that the measure leaves out: no number, another currency. */
  readonly countable: Query;
  readonly group: Document;
  /** Of the grouped document. */
  readonly holds: Query;
}

/** How the measure is made and compared; null where MongoDB can't say it exactly. */
function outcomeOf(node: ResolvedBehaviour, idle: boolean): Outcome | null {
  const { measure, test } = node;
  switch (measure.aggregate) {
    case 'count':
      return { countable: true, group: { v: { $sum: 1 } }, holds: { v: compareNumber(numberTest(test)) } };
    case 'distinct': {
      if (measure.field.type !== 'number') return null;
      const { path } = unitMongoField(measure.field);
      const { operator, values } = numberTest(test);
      return {
        countable: { [path]: { $type: 'number' } },
        group: { v: { $addToSet: `$${path}` } },
        holds: { $expr: compareExpression({ $size: '$v' }, operator, values, 1) },
      };
    }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return amountOutcome(measure, numberTest(test));
    case 'first':
    case 'last':
      return measure.field.path === 'at' ? instantOutcome(measure.aggregate, test, idle) : null;
    default:
      return measure satisfies never;
  }
}

type AmountMeasure = Extract<ResolvedMeasure, { scale: number }>;

function amountOutcome({ aggregate, field, scale, currency }: AmountMeasure, test: NumberTest): Outcome {
  const amount = currency === null ? scaledNumber(unitMongoField(field).path, scale) : unitAmount(field);
  const numbers = amount.paths.map((path) => ({ [path]: { $type: 'number' } }));
  const countable = allOf([currency === null ? true : { currency }, ...numbers]);
  if (aggregate !== 'avg') {
    return { countable, group: { v: { [`$${aggregate}`]: amount.expression } }, holds: { v: compareNumber(test) } };
  }
  return {
    countable,
    group: { v: { $sum: amount.expression }, n: { $sum: 1 } },
    holds: { $expr: compareExpression('$v', test.operator, test.values, '$n') },
  };
}

/** Whole ten-thousandths: added up they are the same in every order. */
const scaledNumber = (path: string, scale: number): MongoAmount => ({
  paths: [path],
  expression: { $round: [{ $multiply: [`$${path}`, scale] }, 0] },
});

/** `value` compared with each operand times `n`: an average is held against its count without dividing. */
function compareExpression(
  value: Document | string,
  operator: NumberTest['operator'],
  values: readonly number[],
  n: number | string,
): Document {
  const [a, b] = values.map((operand) => (n === 1 ? operand : { $multiply: [operand, n] }));
  switch (operator) {
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return { [`$${operator}`]: [value, a] };
    case 'neq':
      return { $ne: [value, a] };
    case 'between':
      return { $and: [{ $gte: [value, a] }, { $lte: [value, b] }] };
    case 'in':
    case 'notIn':
      throw new Error(`An aggregate can't be compared by ${operator}`);
    default:
      return operator satisfies never;
  }
}

function instantOutcome(aggregate: 'first' | 'last', test: ResolvedTest, idle: boolean): Outcome | null {
  const exactness: Exactness = { exact: true };
  const condition = { test, orMissing: idle };
  const holds = conditionQuery({ path: 'v', folded: null }, condition, 'over', exactness);
  const group = { v: { [aggregate === 'first' ? '$min' : '$max']: '$at' } };
  return exactness.exact ? { countable: true, group, holds } : null;
}
