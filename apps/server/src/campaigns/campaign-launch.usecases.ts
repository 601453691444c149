import {
  isTimeLimit,
  newId,
  type OrganizationDatabase,
  type OrganizationDocument,
  type ReadLimits,
} from '@mini-crm/db';
import {
  type Audience,
  type AudienceReport,
  audienceRules,
  type Campaign,
  type CampaignFault,
  type CampaignId,
  type CampaignPurpose,
  checkLaunch,
  type DomainError,
  decideCampaign,
  err,
  isLaunchable,
  localLaunch,
  ok,
  type Result,
  type Run,
  senderOf,
  timingOf,
  type Waterfall,
} from '@mini-crm/domain';
import { checkMessage } from '../content/check-message.ts';
import { compileMessage } from '../content/compile.ts';
import type { Deps } from '../deps.ts';
import { type BoundAudience, bindAudience } from './audience.ts';
import { type AudienceZones, audienceZones } from './audience-zones.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** What launching needs: the wizard has it from a request, the worker from its queue. */
export interface LaunchContext {
  readonly deps: Pick<Deps, 'database' | 'now'>;
  readonly db: OrganizationDatabase;
  readonly organization: OrganizationDocument;
}

/** From all chosen segments down to exactly who would get a message now, or what is wrong with the segments. */
export async function countWaterfall(
  ctx: LaunchContext,
  { audience, purpose }: { audience: Audience; purpose: CampaignPurpose },
): Outcome<AudienceReport> {
  return inTime(async () => {
    const bound = await bindAudience(ctx, audience, ctx.deps.now(), whileAsking);
    if (!bound.ok) return { faults: bound.faults };
    return { waterfall: await ctx.db.reach.waterfall(bound.value.resolved, 'email', purpose, whileAsking) };
  });
}

/** Where those live who would get a message now, zone by zone: a local time comes to each at an instant of its own. */
export async function countZones(
  ctx: LaunchContext,
  { audience, purpose }: { audience: Audience; purpose: CampaignPurpose },
): Outcome<AudienceZones | { readonly faults: readonly CampaignFault[] }> {
  return inTime(async () => {
    const bound = await bindAudience(ctx, audience, ctx.deps.now(), whileAsking);
    return bound.ok ? audienceZones(ctx, bound.value, purpose, whileAsking) : { faults: bound.faults };
  });
}

// A person who asks waits no longer than for the size of a segment; a launch takes the time that it needs.
const whileAsking = { maxTimeMS: 30_000 };

/** The answer, or `audience_slow` where MongoDB stopped counting for it. */
async function inTime<T>(ask: () => Promise<T>): Outcome<T> {
  try {
    return ok(await ask());
  } catch (error) {
    if (!isTimeLimit(error)) throw error;
    return err({ code: 'audience_slow', details: { seconds: whileAsking.maxTimeMS / 1000 } });
  }
}

export interface LaunchReview {
  readonly version: number;
  readonly faults: readonly CampaignFault[];
  /** Null while the audience can't be counted. */
  readonly waterfall: Waterfall | null;
}

/** Everything that the last step of the wizard says. */
export async function reviewCampaign(ctx: LaunchContext, { id }: { id: CampaignId }): Outcome<LaunchReview> {
  const campaign = await ctx.db.campaigns.get(id);
  if (!campaign) return err({ code: 'not_found' });
  const examined = await inTime(() => examine(ctx, campaign, ctx.deps.now(), whileAsking));
  if (!examined.ok) return examined;
  const { faults, waterfall } = examined.value;
  return ok({ version: campaign.version, faults, waterfall });
}

/** Waits until the campaign's time; the audience is bound then. */
export async function scheduleCampaign(
  ctx: LaunchContext,
  { id, version }: { id: CampaignId; version: number },
): Outcome<Campaign> {
  const now = ctx.deps.now();
  const campaign = await ctx.db.campaigns.get(id);
  if (!campaign) return err({ code: 'not_found' });
  const { schedule } = campaign;
  const known = schedule.type === 'local' ? now : schedule.type === 'now' ? null : schedule.at;
  if (!known) return err({ code: 'invalid_input', path: ['schedule'] });
  const possible = decideCampaign(campaign, { type: 'schedule', at: known }, now);
  if (!possible.ok) return possible;
  if (campaign.version !== version) return err({ code: 'stale' });
  const { faults, zones } = await examine(ctx, campaign, now);
  if (!isLaunchable(faults)) return err({ code: 'campaign_not_ready', details: { faults } });
  const at = schedule.type === 'local' ? localLaunch(schedule, zones, now) : known;
  const change = decideCampaign(campaign, { type: 'schedule', at }, now);
  if (!change.ok) return change;
  const saved = await ctx.db.campaigns.transition(campaign, change.value, now);
  return saved ? ok(saved) : err({ code: 'stale' });
}

export interface LaunchInput {
  readonly id: CampaignId;
  readonly version: number;
  /** The number that the author saw on the button: to more people than that it does not go. Null asks nobody, for the scheduled launch. */
  readonly confirmed: number | null;
}

/** Sends a campaign: binds its audience and its message at one instant and hands both to the worker as a run. */
export async function launchCampaign(ctx: LaunchContext, { id, version, confirmed }: LaunchInput): Outcome<Campaign> {
  const now = ctx.deps.now();
  const campaign = await ctx.db.campaigns.get(id);
  if (!campaign) return err({ code: 'not_found' });
  const runId = newId('run');
  const change = decideCampaign(campaign, { type: 'launch', runId }, now);
  if (!change.ok) return change;
  if (campaign.version !== version) return err({ code: 'stale' });

  // Whoever presses the button is told that a local time has passed for everybody; a launch that was late still goes out.
  const asked = confirmed !== null && campaign.schedule.type === 'local';
  const schedule = asked ? campaign.schedule : ({ type: 'now' } as const);
  const { faults, waterfall, bound } = await examine(ctx, { ...campaign, schedule }, now);
  if (!isLaunchable(faults) || !waterfall || !bound) return err({ code: 'campaign_not_ready', details: { faults } });
  if (confirmed !== null && waterfall.reachable > confirmed) {
    return err({ code: 'audience_grown', details: { confirmed, reachable: waterfall.reachable } });
  }
  const sender = senderOf(campaign.sender, ctx.organization.sender);
  const compiled = await compileMessage(campaign.content, sender, campaign.purpose);
  if (!compiled.ok) return err({ code: 'campaign_not_ready', details: { faults: compiled.faults } });
  const run: Run = {
    id: runId,
    campaignId: id,
    state: 'building',
    boundAt: now,
    rule: audienceRules(bound.resolved, campaign.channel, campaign.purpose).audience,
    content: compiled.value,
    timing: timingOf(campaign.schedule, ctx.organization.timeZone),
    segments: bound.segments,
    waterfall,
    planned: null,
    createdAt: now,
    builtAt: null,
    finishedAt: null,
  };
  const launched = await ctx.deps.database.transaction(async (session) => {
    const saved = await ctx.db.campaigns.transition(campaign, change.value, now, session);
    if (saved) await ctx.db.runs.insert(run, { session });
    return saved;
  });
  return launched ? ok(launched) : err({ code: 'stale' });
}

interface Examined {
  readonly faults: readonly CampaignFault[];
  readonly waterfall: Waterfall | null;
  readonly bound: BoundAudience | null;
  /** The zones in which the audience lives, where the schedule asks for them. */
  readonly zones: readonly string[];
}

async function examine(ctx: LaunchContext, campaign: Campaign, now: Date, limits: ReadLimits = {}): Promise<Examined> {
  const sender = senderOf(campaign.sender, ctx.organization.sender);
  const [bound, attributes] = await Promise.all([
    bindAudience(ctx, campaign.audience, now, limits),
    ctx.db.attributes.list(),
  ]);
  const local = campaign.schedule.type === 'local';
  const [audience, message, places] = await Promise.all([
    bound.ok ? counted(ctx, bound.value, campaign, limits) : { faults: bound.faults },
    checkMessage(campaign.content, sender, campaign.purpose, attributes),
    local && bound.ok ? audienceZones(ctx, bound.value, campaign.purpose, limits) : null,
  ]);
  const zones = places?.zones.map(({ zone }) => zone) ?? [];
  return {
    faults: checkLaunch({ campaign, sender, audience, message, zones, now }),
    waterfall: 'waterfall' in audience ? audience.waterfall : null,
    bound: bound.ok ? bound.value : null,
    zones,
  };
}

const counted = async (
  ctx: LaunchContext,
  { resolved }: BoundAudience,
  { channel, purpose }: Campaign,
  limits: ReadLimits,
) => ({ waterfall: await ctx.db.reach.waterfall(resolved, channel, purpose, limits) });
