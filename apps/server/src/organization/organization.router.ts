import { noSendingSettings, organizationSettingsSchema, sendingSettingsSchema } from '@mini-crm/domain';
import { refusal } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';

/** The settings of an organization. */
export const organizationRouter = router({
  get: organizationProcedure.query(async ({ ctx }) => {
    const { _id, slug, name, timeZone, currency, sender, createdAt, sending = noSendingSettings } = ctx.organization;
    const { configured } = ctx.deps.mailer;
    /** Whether campaigns leave the house. */
    const sends = ctx.deps.env.SMTP_URL !== undefined || (await ctx.db.senders.count()) > 0;
    return { id: _id, slug, name, timeZone, currency, sender, createdAt, sending, smtpConfigured: configured, sends };
  }),
  update: organizationProcedure.input(organizationSettingsSchema.partial().strip()).mutation(async ({ ctx, input }) => {
    const { name, timeZone, currency, sender } = ctx.organization;
    const { orgId: _orgId, ...given } = input;
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    // Roll-ups are bare numbers, summed in the organization's currency and labelled with it.
    if (input.currency !== undefined && input.currency !== currency && (await ctx.db.events.hasSales())) {
      throw refusal({ code: 'currency_in_use', path: ['currency'] });
    }
    await ctx.deps.database.accounts.updateOrganization(ctx.organization._id, {
      ...{ name, timeZone, currency, sender },
      ...change,
    });
    if (input.currency !== undefined && input.currency !== currency) {
      await ctx.db.segments.retargetStarters(input.currency, ctx.deps.now());
    }
    return { saved: true };
  }),
  updateSending: organizationProcedure.input(sendingSettingsSchema.strip()).mutation(async ({ ctx, input }) => {
    const { frequencyCap, quietHours } = input;
    await ctx.deps.database.accounts.updateSending(ctx.organization._id, { frequencyCap, quietHours });
    return { saved: true };
  }),
});
