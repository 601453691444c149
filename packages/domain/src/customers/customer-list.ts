import { z } from 'zod';
import { isCivilDate } from '../attributes/attribute.ts';
import { isStorableText } from '../text/plain-text.ts';

/** What the list of customers can be ordered by; each is an indexed field. */
export const customerSorts = ['name', 'createdAt', 'lastOrderAt', 'orderCount', 'revenue'] as const;
export const customerSortSchema = z.enum(customerSorts);
export type CustomerSort = z.infer<typeof customerSortSchema>;

/** A consent as the list filters by it; `unknown` is where nobody asked yet. */
export const consentFilterSchema = z.enum(['granted', 'withdrawn', 'unknown']);
export type ConsentFilter = z.infer<typeof consentFilterSchema>;

const day = z.string().refine(isCivilDate, { message: 'not a date' });

/** What narrows the list of customers: every part that is given has to hold. Days are civil dates in the organization's zone, both included. */
export const customerFilterSchema = z.strictObject({
  search: z.string().max(200).refine(isStorableText).optional(),
  email: consentFilterSchema.optional(),
  sms: consentFilterSchema.optional(),
  orders: z.enum(['some', 'none']).optional(),
  createdFrom: day.optional(),
  createdTo: day.optional(),
});
export type CustomerFilter = z.infer<typeof customerFilterSchema>;

export const sortDirectionSchema = z.enum(['asc', 'desc']);
export type SortDirection = z.infer<typeof sortDirectionSchema>;
