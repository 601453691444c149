import { messageFilterSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { sendProcedure } from '../transactional/send.procedure.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { countLog, getInteraction, listLog } from './log.usecases.ts';
import { getMessage } from './message.usecases.ts';
import { messageCopy } from './message-copy.usecases.ts';

const filter = messageFilterSchema.default({});
const byId = z.object({ id: z.string().max(300) });

/** The communication log: every message to anybody, over all campaigns and programs, and the interactions between them. */
export const messagesRouter = router({
  list: organizationProcedure
    .input(
      z.object({ filter, cursor: z.string().max(1000).nullish(), limit: z.number().int().min(1).max(200).default(50) }),
    )
    .query(async ({ ctx, input }) => unwrap(await listLog(ctx, input))),
  count: organizationProcedure
    .input(z.object({ filter }))
    .query(async ({ ctx, input }) => unwrap(await countLog(ctx, input.filter))),
  get: organizationProcedure.input(byId).query(async ({ ctx, input }) => unwrap(await getMessage(ctx, input))),
  interaction: organizationProcedure
    .input(byId)
    .query(async ({ ctx, input }) => unwrap(await getInteraction(ctx, input))),
  send: sendProcedure,
  copy: organizationProcedure.input(byId).query(async ({ ctx, input }) => unwrap(await messageCopy(ctx, input))),
});
