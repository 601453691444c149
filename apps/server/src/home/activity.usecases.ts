import type { RunProgress } from '@mini-crm/db';
import { type CampaignId, type CampaignState, noResponses, type ResponseCounts } from '@mini-crm/domain';
import { thriftyCache } from '../reports/thrifty-cache.ts';
import type { OrganizationContext } from '../trpc.ts';

/** A campaign that went out, or is going out, with what came of it so far. */
export interface CampaignResult {
  readonly id: CampaignId;
  readonly name: string;
  readonly state: CampaignState;
  readonly launchedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly progress: RunProgress | null;
  readonly figures: ResponseCounts & { readonly sent: number };
}

/** What a newcomer has done already. */
export interface FirstSteps {
  readonly customers: boolean;
  readonly segment: boolean;
  readonly sender: boolean;
  readonly campaign: boolean;
}

const launched = ['sending', 'paused', 'sent', 'cancelled', 'failed'] as const satisfies readonly CampaignState[];
const shownCampaigns = 6;

const cached = thriftyCache(() => performance.now());

/** What is running and was sent lately, what waits, and how far a newcomer is. */
export async function activity(ctx: OrganizationContext) {
  const { campaigns, imports, segments, overview, demo } = ctx.db;
  const [recent, counts, running, hasSegment, customers, demoState] = await Promise.all([
    campaigns.list({ states: launched, limit: shownCampaigns }),
    campaigns.countByState(),
    imports.open(),
    segments.hasOwn(),
    cached(`${ctx.db.orgId}:customers`, overview.customers),
    demo.state(),
  ]);
  const runIds = recent.flatMap(({ runId }) => (runId ? [runId] : []));
  const [progress, responses] = await Promise.all([
    ctx.db.progress.of(runIds),
    ctx.db.responseCounts.of(runIds, ctx.deps.now()),
  ]);
  const results = recent.map(({ id, name, state, launchedAt, finishedAt, runId }): CampaignResult => {
    const own = (runId && progress.get(runId)) || null;
    const figures = { sent: own?.counts.sent ?? 0, ...((runId && responses.get(runId)) || noResponses) };
    return { id, name, state, launchedAt, finishedAt, progress: own, figures };
  });
  const { fromName, fromEmail, postalAddress } = ctx.organization.sender;
  const steps: FirstSteps = {
    customers: customers > 0,
    segment: hasSegment,
    sender: [fromName, fromEmail, postalAddress].every((part) => part !== ''),
    campaign: launched.some((state) => (counts[state] ?? 0) > 0),
  };
  return {
    campaigns: results,
    drafts: counts.draft ?? 0,
    scheduled: counts.scheduled ?? 0,
    imports: running.map(({ _id, kind, fileName, state, progress: share }) => ({
      id: _id,
      kind,
      fileName,
      state,
      progress: share,
    })),
    steps,
    demo: demoState,
  };
}
