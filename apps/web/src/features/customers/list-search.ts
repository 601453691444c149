import {
  type CustomerFilter,
  type CustomerSort,
  consentFilterSchema,
  customerSortSchema,
  isCivilDate,
  sortDirectionSchema,
} from '@mini-crm/domain';
import { z } from 'zod';

// A router reads `?q=123` as a number.
const words = z.union([z.string(), z.number()]).transform((value) => String(value).slice(0, 200));
const day = z.string().refine(isCivilDate);
const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** The list's state as it stands in the address. What doesn't fit is as good as absent. */
export const customerListSearchSchema = z.object({
  q: lenient(words),
  email: lenient(consentFilterSchema),
  sms: lenient(consentFilterSchema),
  orders: lenient(z.enum(['some', 'none'])),
  from: lenient(day),
  to: lenient(day),
  sort: lenient(customerSortSchema),
  dir: lenient(sortDirectionSchema),
});
export type CustomerListSearch = z.infer<typeof customerListSearchSchema>;

/** What the server is asked for. */
export function filterOf(search: CustomerListSearch): CustomerFilter {
  const { q, email, sms, orders, from, to } = search;
  return {
    ...(q ? { search: q } : {}),
    ...(email ? { email } : {}),
    ...(sms ? { sms } : {}),
    ...(orders ? { orders } : {}),
    ...(from ? { createdFrom: from } : {}),
    ...(to ? { createdTo: to } : {}),
  };
}

/** The order of the list; the newest first unless something else is said. */
export function orderOf({ sort = 'createdAt', dir = 'desc' }: CustomerListSearch): {
  readonly sort: CustomerSort;
  readonly order: 'asc' | 'desc';
} {
  return { sort, order: dir };
}

/** Whether anything narrows the list. */
export const isFiltered = (search: CustomerListSearch): boolean => Object.keys(filterOf(search)).length > 0;

/** Where the file of these customers is downloaded. */
export function exportHref(orgId: string, query: CustomerFilter | { readonly ids: readonly string[] }): string {
  const values = 'ids' in query ? { ids: query.ids.join(',') } : query;
  const parameters = new URLSearchParams(values as Record<string, string>).toString();
  return `/api/o/${orgId}/customers.csv${parameters && `?${parameters}`}`;
}
