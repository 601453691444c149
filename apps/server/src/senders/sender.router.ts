import { idSchema, senderInputSchema, senderOrderSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import {
  createSender,
  listNotices,
  listSenders,
  removeSender,
  reorderSenders,
  updateSender,
} from './sender.usecases.ts';
import { testSender } from './test-mail.ts';

const senderId = idSchema('sender');
const { name, enabled, throttle, way } = senderInputSchema.shape;
const settings = z.object({ name, enabled, throttle, way });

/** The ways out of an organization's messages. */
export const sendersRouter = router({
  list: organizationProcedure.query(({ ctx }) => listSenders(ctx)),
  create: organizationProcedure
    .input(settings)
    .mutation(async ({ ctx, input }) => unwrap(await createSender(ctx, input))),
  update: organizationProcedure
    .input(settings.extend({ senderId, version: z.number().int() }))
    .mutation(async ({ ctx, input }) => unwrap(await updateSender(ctx, input.senderId, input.version, input))),
  remove: organizationProcedure
    .input(z.object({ senderId }))
    .mutation(async ({ ctx, input }) => unwrap(await removeSender(ctx, input.senderId))),
  reorder: organizationProcedure
    .input(z.object({ senderIds: senderOrderSchema(senderId) }))
    .mutation(async ({ ctx, input }) => unwrap(await reorderSenders(ctx, input.senderIds))),
  test: organizationProcedure
    .input(z.object({ senderId }))
    .mutation(async ({ ctx, input }) => unwrap(await testSender(ctx, input.senderId))),
  notices: organizationProcedure.query(({ ctx }) => listNotices(ctx)),
});
