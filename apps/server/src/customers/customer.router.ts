import {
  customerFilterSchema,
  customerInputSchema,
  customerSortSchema,
  idSchema,
  logInteractionSchema,
  recordConsentSchema,
  sortDirectionSchema,
  timelineKindSchema,
} from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { setConsent } from './consent.usecases.ts';
import { createCustomer, getCustomer, removeCustomer, updateCustomer } from './customer.usecases.ts';
import { countCustomers, listCustomers } from './customer-list.usecases.ts';
import { logInteraction } from './interaction.usecases.ts';
import { customerTimeline } from './timeline.usecases.ts';

const customerId = idSchema('customer');
const cursor = z.string().max(2000).nullish();
const filter = customerFilterSchema.default({});

/** The customers of an organization. */
export const customersRouter = router({
  list: organizationProcedure
    .input(
      z.object({
        filter,
        sort: customerSortSchema.default('createdAt'),
        // Not `direction`: tRPC's infinite queries put a word of their own there.
        order: sortDirectionSchema.default('desc'),
        cursor,
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) => unwrap(await listCustomers(ctx, input))),
  count: organizationProcedure
    .input(z.object({ filter }))
    .query(async ({ ctx, input }) => ({ count: await countCustomers(ctx, input.filter) })),
  get: organizationProcedure
    .input(z.object({ customerId }))
    .query(async ({ ctx, input }) => unwrap(await getCustomer(ctx, input.customerId))),
  timeline: organizationProcedure
    .input(
      z.object({
        customerId,
        kind: timelineKindSchema.optional(),
        cursor,
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .query(async ({ ctx, input }) => unwrap(await customerTimeline(ctx, input))),
  create: organizationProcedure
    .input(customerInputSchema.strip())
    .mutation(async ({ ctx, input: { orgId: _, ...input } }) => unwrap(await createCustomer(ctx, input))),
  update: organizationProcedure
    .input(customerInputSchema.strip().extend({ customerId, version: z.number().int().min(1) }))
    .mutation(async ({ ctx, input: { orgId: _, ...input } }) => unwrap(await updateCustomer(ctx, input))),
  remove: organizationProcedure
    .input(z.object({ customerId }))
    .mutation(async ({ ctx, input }) => unwrap(await removeCustomer(ctx, input.customerId))),
  setConsent: organizationProcedure
    .input(recordConsentSchema.strip().extend({ customerId }))
    .mutation(async ({ ctx, input }) => unwrap(await setConsent(ctx, input))),
  logInteraction: organizationProcedure
    .input(logInteractionSchema.strip().extend({ customerId }))
    .mutation(async ({ ctx, input }) => unwrap(await logInteraction(ctx, input))),
});
