import { newId } from '@mini-crm/db';
import {
  type Campaign,
  type CampaignDraft,
  type CampaignId,
  type CampaignState,
  copyName,
  type DomainError,
  err,
  ok,
  type Result,
  starters,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { audienceNames, type CampaignRow, sendingOf } from './campaign.dto.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

interface ListInput {
  readonly states?: readonly CampaignState[] | undefined;
  readonly search?: string | undefined;
  readonly cursor?: CampaignId | undefined;
  readonly limit: number;
}

/** Campaigns, newest first, with what the list shows of their audience and progress, and how many there are in each state. */
export async function listCampaigns(ctx: OrganizationContext, { states, search, cursor, limit }: ListInput) {
  const { campaigns, progress } = ctx.db;
  const [found, counts] = await Promise.all([
    campaigns.list({ states, search, before: cursor, limit: limit + 1 }),
    campaigns.countByState(),
  ]);
  const shown = found.slice(0, limit);
  const runIds = shown.flatMap(({ runId }) => (runId ? [runId] : []));
  const [names, done, responses] = await Promise.all([
    audienceNames(
      ctx,
      shown.map(({ audience }) => audience),
    ),
    progress.of(runIds),
    ctx.db.responseCounts.of(runIds, ctx.deps.now()),
  ]);
  const items = shown.map(
    (campaign, i): CampaignRow => ({
      ...campaign,
      audienceNames: names[i] ?? nobody,
      progress: (campaign.runId && done.get(campaign.runId)) || null,
      responses: (campaign.runId && responses.get(campaign.runId)) || null,
    }),
  );
  return { items, nextCursor: found.length > limit ? (shown.at(-1)?.id ?? null) : null, counts };
}

const nobody = { include: [], exclude: [] };

/** A campaign with its audience's names and, once it was launched, how far it is. */
export async function getCampaign(ctx: OrganizationContext, { id }: { id: CampaignId }) {
  const campaign = await ctx.db.campaigns.get(id);
  if (!campaign) return err({ code: 'not_found' as const });
  const [[names], sending] = await Promise.all([audienceNames(ctx, [campaign.audience]), sendingOf(ctx, campaign)]);
  return ok({ ...campaign, audienceNames: names ?? nobody, sending });
}

/** A new draft: to nobody yet, with the first starter's message. */
export async function createCampaign(
  ctx: OrganizationContext,
  input: { name: string; audience?: CampaignDraft['audience'] | undefined },
): Promise<{ id: CampaignId }> {
  const { subject, preheader, mjml } = starters[0];
  const campaign = draftOf(ctx, {
    name: input.name,
    channel: 'email',
    purpose: 'marketing',
    audience: input.audience ?? { include: [], exclude: [] },
    content: { subject, preheader, mjml, text: null },
    sender: null,
    schedule: { type: 'now' },
  });
  await ctx.db.campaigns.insert(campaign);
  return { id: campaign.id };
}

/** Saves a draft over the version that its author saw. */
export async function saveCampaign(
  ctx: OrganizationContext,
  { id, version, draft }: { id: CampaignId; version: number; draft: CampaignDraft },
): Outcome<{ version: number; updatedAt: Date }> {
  const saved = await ctx.db.campaigns.replace(id, version, draft, ctx.deps.now());
  if (saved) return ok({ version: saved.version, updatedAt: saved.updatedAt });
  const current = await ctx.db.campaigns.get(id);
  if (!current) return err({ code: 'not_found' });
  if (current.state !== 'draft') {
    return err({ code: 'campaign_state', details: { state: current.state, command: 'save' } });
  }
  return err({ code: 'stale', details: { version: current.version } });
}

/** Deletes a draft. What was sent stays, because its log does. */
export async function removeCampaign(ctx: OrganizationContext, { id }: { id: CampaignId }): Outcome<{ removed: true }> {
  if (await ctx.db.campaigns.remove(id)) return ok({ removed: true });
  const current = await ctx.db.campaigns.get(id);
  if (!current) return err({ code: 'not_found' });
  return err({ code: 'campaign_state', details: { state: current.state, command: 'remove' } });
}

/** A new draft with everything of another campaign but its time. */
export async function duplicateCampaign(
  ctx: OrganizationContext,
  { id }: { id: CampaignId },
): Outcome<{ id: CampaignId }> {
  const original = await ctx.db.campaigns.get(id);
  if (!original) return err({ code: 'not_found' });
  const { name, channel, purpose, audience, content, sender } = original;
  const taken = await ctx.db.campaigns.namesBeginningLike(name);
  const copy = draftOf(ctx, {
    ...{ channel, purpose, audience, content, sender },
    name: copyName(name, taken),
    schedule: { type: 'now' },
  });
  await ctx.db.campaigns.insert(copy);
  return ok({ id: copy.id });
}

function draftOf(ctx: OrganizationContext, draft: CampaignDraft): Campaign {
  const now = ctx.deps.now();
  return {
    id: newId('campaign'),
    ...draft,
    state: 'draft',
    version: 1,
    runId: null,
    createdBy: ctx.user.id,
    createdAt: now,
    updatedAt: now,
    launchedAt: null,
    finishedAt: null,
    failure: null,
  };
}
