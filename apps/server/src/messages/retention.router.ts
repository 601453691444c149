import { changeRetention, keptSince, retentionInputSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { organizationProcedure, router } from '../trpc.ts';

/** Counting what would go stops here. */
const counted = 100_000;

/** How long an organization keeps its messages, and what was removed. */
export const retentionRouter = router({
  get: organizationProcedure.query(async ({ ctx }) => {
    const { retention, sending } = ctx.organization;
    return {
      messagesDays: retention?.messagesDays ?? null,
      startsAt: retention && retention.startsAt > ctx.deps.now() ? retention.startsAt : null,
      /** So much is kept whatever is set, because the frequency cap counts it. */
      cappedDays: sending?.frequencyCap ? sending.frequencyCap.days + 2 : null,
      rounds: await ctx.db.retention.rounds(),
    };
  }),
  preview: organizationProcedure
    .input(z.object({ messagesDays: retentionInputSchema.shape.messagesDays.unwrap() }))
    .query(async ({ ctx, input }) => {
      const before = keptSince(input.messagesDays, ctx.organization.sending?.frequencyCap ?? null, ctx.deps.now());
      return { before, ...(await ctx.db.retention.old(before, counted)) };
    }),
  set: organizationProcedure.input(retentionInputSchema.strip()).mutation(async ({ ctx, input }) => {
    const next = changeRetention(ctx.organization.retention, input.messagesDays, ctx.deps.now());
    await ctx.deps.database.accounts.setRetention(ctx.organization._id, next);
    ctx.log.info({ by: ctx.user.id, messagesDays: next.messagesDays }, 'retention was set');
    return { saved: true };
  }),
});
