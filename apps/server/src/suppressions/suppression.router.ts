import { addSuppressionSchema, idSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { addSuppression, listSuppressions, removeSuppression } from './suppression.usecases.ts';

/** Addresses that must not be written to. */
export const suppressionsRouter = router({
  list: organizationProcedure
    .input(
      z.object({
        search: z.string().max(254).default(''),
        cursor: z.string().max(300).nullish(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) => unwrap(await listSuppressions(ctx, input))),
  add: organizationProcedure
    .input(addSuppressionSchema)
    .mutation(async ({ ctx, input }) => unwrap(await addSuppression(ctx, input))),
  remove: organizationProcedure
    .input(z.object({ id: idSchema('suppression') }))
    .mutation(async ({ ctx, input }) => unwrap(await removeSuppression(ctx, input))),
});
