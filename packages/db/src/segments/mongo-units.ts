import type { InstantRange, ResolvedFilter, ResolvedTest } from '@mini-crm/domain';
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

/** Whose events: an organization's, of customers behind `after`. */
export interface Scope {
  readonly orgId: string;
  readonly after: string | null;
}

/** Which events or lines: of these types, in this range. */
export interface Units {
  readonly eventTypes: readonly string[];
  readonly unit: 'event' | 'line';
  readonly range: InstantRange;
}

/** A condition on the customers behind `after`, by the field in which another collection names them. */
export const behind = ({ after }: Scope): Document => (after === null ? {} : { customerId: { $gt: after } });

export const oneOrIn = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : { $in: values });

/** The stages that give the units, one document each, that fulfil `where` too. They run on `events`. */
export function unitStages({ eventTypes, unit, range }: Units, scope: Scope, where: Query): Document[] {
  const at = instantOperand(range);
  const events = {
    orgId: scope.orgId,
    type: oneOrIn(eventTypes),
    ...(at === null ? {} : { at }),
    ...behind(scope),
  };
  if (unit === 'event') return [matchStage(allOf([events, where]))];
  return [{ $match: events }, { $unwind: '$lines' }, ...(where === true ? [] : [matchStage(where)])];
}

/** A filter of units as a condition on the documents of `unitStages`. */
export function filterQuery(filter: ResolvedFilter | null, side: Side, exactness: Exactness): Query {
  if (filter === null) return true;
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

const present = ({ paths }: MongoAmount): Query =>
  allOf([{ currency: { $type: 'string' } }, ...paths.map((part) => ({ [part]: { $type: 'number' } }))]);

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
