import {
  type CampaignId,
  type CampaignState,
  type DomainError,
  err,
  ok,
  type Result,
  rulesNamed,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** Who uses a segment. */
export interface SegmentUses {
  /** Campaigns of any state that take it in or leave it out. */
  readonly campaigns: readonly { readonly id: CampaignId; readonly name: string; readonly state: CampaignState }[];
  /** Segments whose rules name it. */
  readonly segments: readonly { readonly id: SegmentId; readonly name: string }[];
}

/** Who uses a segment, for its page. */
export async function showUses(ctx: OrganizationContext, id: SegmentId): Promise<Result<SegmentUses, DomainError>> {
  return (await ctx.db.segments.get(id)) ? ok(await usesOfSegment(ctx, id)) : err({ code: 'not_found' });
}

/** The campaigns and segments that use a segment themselves; not those that do so through another segment. */
async function usesOfSegment(ctx: OrganizationContext, id: SegmentId): Promise<SegmentUses> {
  const [campaigns, segments] = await Promise.all([ctx.db.campaigns.usingSegment(id), ctx.db.segments.list()]);
  return {
    campaigns,
    segments: segments
      .filter((one) => one.kind === 'dynamic' && one.id !== id && rulesNamed(one.rule).includes(id))
      .map(({ id, name }) => ({ id, name })),
  };
}

/**
 * Those that would break without it: also lists that are being filled from it. A campaign that was launched has taken down who its
 * audience is, and needs it no more.
 */
export async function needsOfSegment(ctx: OrganizationContext, id: SegmentId): Promise<SegmentUses> {
  const [{ campaigns, segments }, filled] = await Promise.all([usesOfSegment(ctx, id), ctx.db.segments.filledFrom(id)]);
  return {
    campaigns: campaigns.filter(({ state }) => state === 'draft' || state === 'scheduled'),
    segments: [...segments, ...filled],
  };
}
