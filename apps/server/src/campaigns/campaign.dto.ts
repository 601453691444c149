import type { CampaignSummary, RunProgress } from '@mini-crm/db';
import type { Campaign, ResponseCounts, SegmentId } from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** A campaign of the list; its progress is null until it was launched. */
export interface CampaignRow extends CampaignSummary {
  readonly audienceNames: AudienceNames;
  readonly progress: RunProgress | null;
  /** Who answered it, without machines and with them; null until it was launched. */
  readonly responses: ResponseCounts | null;
}

/** The names of an audience's segments; null for a segment that is gone. */
export interface AudienceNames {
  readonly include: 'everyone' | readonly NameOrGone[];
  readonly exclude: readonly NameOrGone[];
}

interface NameOrGone {
  readonly id: SegmentId;
  readonly name: string | null;
}

/** The names of the segments of several audiences, asked for once. */
export async function audienceNames(
  ctx: Pick<OrganizationContext, 'db'>,
  audiences: readonly Campaign['audience'][],
): Promise<AudienceNames[]> {
  const ids = audiences.flatMap(({ include, exclude }) => [...(include === 'everyone' ? [] : include), ...exclude]);
  const found = ids.length === 0 ? [] : await ctx.db.segments.many([...new Set(ids)]);
  const names = new Map(found.map(({ id, name }) => [id, name]));
  const named = (list: readonly SegmentId[]) => list.map((id) => ({ id, name: names.get(id) ?? null }));
  return audiences.map(({ include, exclude }) => ({
    include: include === 'everyone' ? include : named(include),
    exclude: named(exclude),
  }));
}

/** How far a campaign's run is, why people got nothing, and what it waits for; null where it has no run. */
export async function sendingOf(ctx: Pick<OrganizationContext, 'db'>, { id, runId }: Pick<Campaign, 'id' | 'runId'>) {
  if (!runId) return null;
  const { runs, progress, pages, runWork } = ctx.db;
  const [run, done, trouble] = await Promise.all([runs.get(runId), progress.of([runId]), runWork.trouble(runId)]);
  const own = done.get(runId);
  if (!run || !own) return null;
  const { failed, skipped, unknown } = own.counts;
  const [reasons, next] = await Promise.all([
    failed + skipped + unknown > 0 ? progress.reasons(id) : [],
    run.state === 'sending' ? pages.nextDue(runId) : null,
  ]);
  const { state, boundAt, segments, waterfall, timing = { type: 'now' as const } } = run;
  const nextDueAt = next?.dueAt ?? null;
  /** Whether those who are next were tried before, and where they live where that decides about their turn. */
  const nextTurn = next && { retry: next.attempt > 1, zone: next.zone };
  return { ...own, runId, state, boundAt, segments, waterfall, timing, reasons, trouble, nextDueAt, nextTurn };
}
