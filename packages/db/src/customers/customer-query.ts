import {
  type ConsentFilter,
  type CustomerId,
  type CustomerSort,
  channels,
  type SortDirection,
  searchTerms,
} from '@mini-crm/domain';
import type { Filter } from 'mongodb';
import type { Unowned } from '../organization/bound.ts';
import type { CustomerDocument } from './customer.model.ts';

type Where = Filter<Unowned<CustomerDocument>>;

/** A filter whose days became instants: `createdFrom` included, `createdBefore` not. */
export interface CustomerConditions {
  /** Only these, as somebody selected them. */
  readonly ids?: readonly CustomerId[] | undefined;
  readonly search?: string | undefined;
  readonly email?: ConsentFilter | undefined;
  readonly sms?: ConsentFilter | undefined;
  readonly orders?: 'some' | 'none' | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdBefore?: Date | undefined;
}

/** The query of a filter: all words of the search and all other conditions have to hold. */
export function customersWhere(conditions: CustomerConditions): Where {
  const all: Where[] = searchTerms(conditions.search ?? '').map(startsWith);
  if (conditions.ids) all.push({ _id: { $in: [...conditions.ids] } });
  for (const channel of channels) {
    const state = conditions[channel];
    if (state) all.push({ [`consents.${channel}.state`]: stateIs(state) });
  }
  if (conditions.orders) all.push({ 'rollups.orderCount': conditions.orders === 'some' ? { $gt: 0 } : 0 });
  if (conditions.createdFrom) all.push({ createdAt: { $gte: conditions.createdFrom } });
  if (conditions.createdBefore) all.push({ createdAt: { $lt: conditions.createdBefore } });
  return all.length === 0 ? {} : { $and: all };
}

// `null` in a query also matches what is missing; `$type` is what the partial index of consents asks for.
const stateIs = (state: ConsentFilter) => (state === 'unknown' ? null : { $eq: state, $type: 'string' });

// $elemMatch keeps both bounds on one element, so that the index is read from the prefix to its end and no further.
const startsWith = (prefix: string): Where =>
  ({ search: { $elemMatch: { $gte: prefix, $lt: `${prefix}\u{10ffff}` } } }) as Where;

/** The field behind each order of the list; each has an index that starts with it. */
export const sortFields = {
  name: 'sortName',
  createdAt: 'createdAt',
  lastOrderAt: 'rollups.lastOrderAt',
  orderCount: 'rollups.orderCount',
  revenue: 'rollups.revenue',
} as const satisfies Record<CustomerSort, string>;

/** The last customer of a page: the value that it was sorted by, and its id. */
export interface CustomerPosition {
  readonly value: string | number | Date | null;
  readonly id: string;
}

/**
 * What comes after a position. MongoDB puts null before every value, and `$gt` and `$lt` compare only within a type, so
 * the step from null to values (or back) is said by itself.
 */
export function afterPosition(sort: CustomerSort, direction: SortDirection, position: CustomerPosition): Where {
  const field = sortFields[sort];
  const beyond = direction === 'asc' ? '$gt' : '$lt';
  const sameValue = { [field]: position.value, _id: { [beyond]: position.id } };
  if (position.value === null) {
    return { $or: direction === 'asc' ? [sameValue, { [field]: { $ne: null } }] : [sameValue] } as Where;
  }
  const furtherValues: object[] = [{ [field]: { [beyond]: position.value } }];
  if (direction === 'desc' && sort === 'lastOrderAt') furtherValues.push({ [field]: null });
  return { $or: [sameValue, ...furtherValues] } as Where;
}

/** The position of a document in an order of the list. */
export function positionOf(sort: CustomerSort, document: CustomerDocument): CustomerPosition {
  const { rollups } = document;
  const values = {
    name: document.sortName,
    createdAt: document.createdAt,
    lastOrderAt: rollups.lastOrderAt,
    orderCount: rollups.orderCount,
    revenue: rollups.revenue,
  } satisfies Record<CustomerSort, CustomerPosition['value']>;
  return { value: values[sort], id: document._id };
}
