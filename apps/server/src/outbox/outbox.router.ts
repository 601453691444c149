import { idSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { getOutboxMessage, listOutbox, outboxState } from './outbox.usecases.ts';

/** The built-in inbox: messages that were kept because no SMTP server is configured. */
export const outboxRouter = router({
  state: organizationProcedure.query(({ ctx }) => outboxState(ctx)),
  list: organizationProcedure
    .input(
      z.object({
        campaignId: idSchema('campaign').optional(),
        cursor: z.string().max(300).nullish(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .query(async ({ ctx, input }) => unwrap(await listOutbox(ctx, input))),
  get: organizationProcedure
    .input(z.object({ id: z.string().max(300) }))
    .query(async ({ ctx, input }) => unwrap(await getOutboxMessage(ctx, input))),
});
