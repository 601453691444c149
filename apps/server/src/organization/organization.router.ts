import { organizationSettingsSchema } from '@mini-crm/domain';
import { organizationProcedure, router } from '../trpc.ts';

/** The settings of an organization. */
export const organizationRouter = router({
  get: organizationProcedure.query(({ ctx }) => {
    const { _id, slug, name, timeZone, currency, sender, createdAt } = ctx.organization;
    const { configured } = ctx.deps.mailer;
    return { id: _id, slug, name, timeZone, currency, sender, createdAt, smtpConfigured: configured };
  }),
  update: organizationProcedure.input(organizationSettingsSchema.partial().strip()).mutation(async ({ ctx, input }) => {
    const { name, timeZone, currency, sender } = ctx.organization;
    const { orgId: _orgId, ...given } = input;
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    await ctx.deps.database.accounts.updateOrganization(ctx.organization._id, {
      ...{ name, timeZone, currency, sender },
      ...change,
    });
    if (input.currency && input.currency !== currency) {
      // Revenue is counted in the organization's currency. Nobody waits for it: the lists follow by themselves.
      ctx.db
        .recomputeAllRollups(input.currency)
        .catch((error: unknown) => ctx.log.error({ err: error }, 'revenue was not recounted in the new currency'));
    }
    return { saved: true };
  }),
});
