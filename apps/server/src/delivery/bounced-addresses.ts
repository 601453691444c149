import type { Database, OrganizationDatabase } from '@mini-crm/db';
import {
  bounceHalt,
  type CampaignDelivery,
  type CampaignId,
  type Delivery,
  haltForBounces,
  type OrganizationId,
  type RunId,
} from '@mini-crm/domain';
import type { Logger } from 'pino';
import { commandCampaign } from '../campaigns/campaign-commands.ts';
import type { Engine } from './engine.ts';

interface RunRef {
  readonly orgId: OrganizationId;
  readonly runId: RunId;
  readonly campaignId: CampaignId;
}

interface Watch {
  /** On the worker's own clock; a check takes no more than a part of its time. */
  nextAt: number;
  /** Whether too few messages were tried at the last look, so that every group may be the one that decides. */
  early: boolean;
}

const watched = new WeakMap<Engine, Map<RunId, Watch>>();
const thrift = 20;

/**
 * Looks at the rows of a settled group: addresses that do not exist are suppressed, and a campaign with too many of them is
 * halted before its next group. May be repeated.
 */
export async function noteBounces(engine: Engine, run: RunRef, rows: readonly CampaignDelivery[]): Promise<void> {
  const bounced = rows.filter(({ bouncedAt }) => bouncedAt !== undefined);
  const runs = watched.get(engine) ?? new Map<RunId, Watch>();
  watched.set(engine, runs);
  const watch = runs.get(run.runId);
  if (bounced.length === 0 && !watch?.early) return;
  await suppressBounced(engine.db(run.orgId), bounced);
  const started = performance.now();
  if (watch && !watch.early && started < watch.nextAt) return;
  const tried = await haltBounced(engine, run);
  const took = performance.now() - started;
  if (runs.size > 1_000) runs.clear();
  runs.set(run.runId, { nextAt: performance.now() + thrift * took, early: tried < bounceHalt.minimum });
}

/** Suppresses the addresses that their own servers do not know; whoever removes one from the list may write to it again. */
export async function suppressBounced(db: OrganizationDatabase, rows: readonly Delivery[]): Promise<void> {
  for (const { address, channel, at, reason, detail, campaignId } of rows) {
    if (reason !== 'address_unknown' || address === '') continue;
    await db.suppressions.add({
      channel,
      address,
      scope: 'all',
      reason: 'bounced',
      at,
      ...(campaignId ? { campaignId } : {}),
      ...(detail ? { detail } : {}),
    });
  }
}

/** Pauses a campaign of whose messages too many bounced. Returns how many were tried. */
export async function haltBounced(
  { database, now, log }: { database: Database; now: () => Date; log: Logger },
  { orgId, runId, campaignId }: RunRef,
): Promise<number> {
  const db = database.forOrganization(orgId);
  const [progress, bounced] = await Promise.all([db.progress.of([runId]), db.campaignReports.bounced(campaignId)]);
  const counts = progress.get(runId)?.counts;
  const tried = counts ? counts.sent + counts.failed : 0;
  const { minimum, share } = bounceHalt;
  if (tried < minimum || bounced < share * tried) return tried;
  const campaign = await db.campaigns.get(campaignId);
  const reason = campaign?.state === 'sending' ? haltForBounces({ tried, bounced }, campaign.toleratedBounces) : null;
  if (reason) {
    const done = await commandCampaign(database, orgId, campaignId, { type: 'pause', reason }, now());
    if (done.ok) log.warn({ orgId, campaignId, ...reason.details }, 'campaign halted: too many bounces');
  }
  return tried;
}
