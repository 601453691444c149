import { idempotencyKeyPattern, idSchema, sendMessageFields } from '@mini-crm/domain';
import { z } from 'zod';
import { ingestProcedure } from '../trpc.ts';
import { sendKeyed } from './send-keyed.ts';

const input = sendMessageFields.extend({
  orgId: idSchema('organization').optional(),
  /** As the header of the same name: calls of one batch have only one header. */
  idempotencyKey: z.string().regex(idempotencyKeyPattern).optional(),
});

/** Sends one message, for programs with a key and for people: the same as `POST /api/v1/messages`. */
export const sendProcedure = ingestProcedure('messages:send')
  .input(input)
  .mutation(({ ctx, input: { orgId: _, idempotencyKey, ...request } }) => {
    const header = ctx.request.headers['idempotency-key'];
    const key = idempotencyKey ?? (typeof header === 'string' ? header : null);
    return sendKeyed(ctx.ingest, request, key, (name, value) => void ctx.reply.header(name, value));
  });
