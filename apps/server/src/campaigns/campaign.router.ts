import {
  audienceSchema,
  campaignDraftInputSchema,
  campaignNameSchema,
  campaignPurposeSchema,
  campaignSenderSchema,
  campaignStateSchema,
  idSchema,
  messageContentSchema,
} from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { type OrganizationContext, organizationProcedure, router } from '../trpc.ts';
import { commandCampaign, type RunningCommand } from './campaign-commands.ts';
import {
  createCampaign,
  duplicateCampaign,
  getCampaign,
  listCampaigns,
  removeCampaign,
  saveCampaign,
} from './campaign-draft.usecases.ts';
import {
  countWaterfall,
  countZones,
  launchCampaign,
  reviewCampaign,
  scheduleCampaign,
} from './campaign-launch.usecases.ts';
import { previewMessage, sendTest } from './campaign-message.usecases.ts';

const id = idSchema('campaign');
const byId = z.object({ id });
const version = z.number().int().min(1);
const message = z.object({
  content: messageContentSchema,
  purpose: campaignPurposeSchema,
  sender: campaignSenderSchema.nullable(),
  customerId: idSchema('customer').nullable(),
});

const command = async (ctx: OrganizationContext, campaignId: z.infer<typeof id>, what: RunningCommand) => {
  unwrap(await commandCampaign(ctx.deps.database, ctx.db.orgId, campaignId, what, ctx.deps.now()));
  return { done: true };
};

/** Campaigns: drafts, what would happen, and what makes it happen. */
export const campaignsRouter = router({
  list: organizationProcedure
    .input(
      z.object({
        states: z.array(campaignStateSchema).max(10).optional(),
        search: z.string().trim().max(120).optional(),
        cursor: id.nullish(),
        limit: z.number().int().min(1).max(100).default(25),
      }),
    )
    .query(({ ctx, input }) => listCampaigns(ctx, { ...input, cursor: input.cursor ?? undefined })),
  get: organizationProcedure.input(byId).query(async ({ ctx, input }) => unwrap(await getCampaign(ctx, input))),
  create: organizationProcedure
    .input(z.object({ name: campaignNameSchema, audience: audienceSchema.optional() }))
    .mutation(({ ctx, input }) => createCampaign(ctx, input)),
  save: organizationProcedure
    .input(z.object({ id, version, draft: campaignDraftInputSchema }))
    .mutation(async ({ ctx, input }) => unwrap(await saveCampaign(ctx, input))),
  remove: organizationProcedure
    .input(byId)
    .mutation(async ({ ctx, input }) => unwrap(await removeCampaign(ctx, input))),
  duplicate: organizationProcedure
    .input(byId)
    .mutation(async ({ ctx, input }) => unwrap(await duplicateCampaign(ctx, input))),

  waterfall: organizationProcedure
    .input(z.object({ audience: audienceSchema, purpose: campaignPurposeSchema }))
    .query(async ({ ctx, input }) => unwrap(await countWaterfall(ctx, input))),
  zones: organizationProcedure
    .input(z.object({ audience: audienceSchema, purpose: campaignPurposeSchema }))
    .query(async ({ ctx, input }) => unwrap(await countZones(ctx, input))),
  preview: organizationProcedure
    .input(message)
    .mutation(async ({ ctx, input }) => unwrap(await previewMessage(ctx, input))),
  sendTest: organizationProcedure.input(message).mutation(async ({ ctx, input }) => unwrap(await sendTest(ctx, input))),
  check: organizationProcedure.input(byId).query(async ({ ctx, input }) => unwrap(await reviewCampaign(ctx, input))),

  schedule: organizationProcedure.input(z.object({ id, version })).mutation(async ({ ctx, input }) => {
    unwrap(await scheduleCampaign(ctx, input));
    return { done: true };
  }),
  launch: organizationProcedure
    .input(z.object({ id, version, confirmed: z.number().int().min(0) }))
    .mutation(async ({ ctx, input }) => {
      unwrap(await launchCampaign(ctx, input));
      return { done: true };
    }),
  unschedule: organizationProcedure
    .input(byId)
    .mutation(({ ctx, input }) => command(ctx, input.id, { type: 'unschedule' })),
  pause: organizationProcedure.input(byId).mutation(({ ctx, input }) => command(ctx, input.id, { type: 'pause' })),
  resume: organizationProcedure.input(byId).mutation(({ ctx, input }) => command(ctx, input.id, { type: 'resume' })),
  cancel: organizationProcedure.input(byId).mutation(({ ctx, input }) => command(ctx, input.id, { type: 'cancel' })),
});
