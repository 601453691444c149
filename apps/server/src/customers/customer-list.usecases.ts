import type { CustomerConditions } from '@mini-crm/db';
import type { Customer, CustomerFilter, CustomerSort, DomainError, Result, SortDirection } from '@mini-crm/domain';
import { addDays, err, ok, startOfDay } from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { readListCursor, writeListCursor } from './list-cursor.ts';

export interface ListInput {
  readonly filter: CustomerFilter;
  readonly sort: CustomerSort;
  readonly order: SortDirection;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

/** What the list shows of a customer. */
export type CustomerRow = Pick<
  Customer,
  'id' | 'externalId' | 'email' | 'phone' | 'firstName' | 'lastName' | 'consents' | 'rollups' | 'createdAt'
>;

/** A page of customers. */
export async function listCustomers(
  ctx: OrganizationContext,
  input: ListInput,
): Promise<Result<{ items: CustomerRow[]; nextCursor: string | null }, DomainError>> {
  const { sort, order: direction, limit } = input;
  const after = input.cursor ? readListCursor(input.cursor, sort, direction) : null;
  if (input.cursor && !after) return err({ code: 'invalid_input', path: ['cursor'] });
  const conditions = conditionsOf(ctx, input.filter);
  const { items, next } = await ctx.db.customers.list({ conditions, sort, direction, after, limit });
  return ok({ items: items.map(toRow), nextCursor: next && writeListCursor(sort, direction, next) });
}

/** How many customers a filter finds; null where counting would take too long. */
export const countCustomers = (ctx: OrganizationContext, filter: CustomerFilter): Promise<number | null> =>
  ctx.db.customers.count(conditionsOf(ctx, filter));

/** A filter with its days as instants of the organization's zone. */
export function conditionsOf(ctx: OrganizationContext, filter: CustomerFilter): CustomerConditions {
  const { createdFrom, createdTo, ...rest } = filter;
  const { timeZone } = ctx.organization;
  return {
    ...rest,
    ...(createdFrom ? { createdFrom: new Date(startOfDay(timeZone, createdFrom)) } : {}),
    ...(createdTo ? { createdBefore: new Date(startOfDay(timeZone, addDays(createdTo, 1))) } : {}),
  };
}

function toRow(customer: Customer): CustomerRow {
  const { id, externalId, email, phone, firstName, lastName, consents, rollups, createdAt } = customer;
  return { id, externalId, email, phone, firstName, lastName, consents, rollups, createdAt };
}
