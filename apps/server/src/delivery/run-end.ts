import type { CampaignId, ChannelFault, OrganizationId, RunId, RunState } from '@mini-crm/domain';
import { commandCampaign } from '../campaigns/campaign-commands.ts';
import type { Engine } from './engine.ts';

interface RunRef {
  readonly orgId: OrganizationId;
  readonly runId: RunId;
  readonly campaignId: CampaignId;
}

const moving: readonly RunState[] = ['building', 'sending', 'paused'];

/** Ends a run in which nobody is without an outcome: its campaign is sent now, unless it was called off before. */
export async function endRun(engine: Engine, { orgId, runId, campaignId }: RunRef): Promise<void> {
  const db = engine.db(orgId);
  const before = await db.runWork.state(runId);
  if (before !== null && moving.includes(before)) {
    await commandCampaign(engine.database, orgId, campaignId, { type: 'finish' }, engine.now());
  }
  const state = await db.runWork.state(runId);
  // A campaign that changed at this very moment is looked at again in the next round.
  if (state !== null && moving.includes(state)) return;
  await db.runWork.settled(runId, engine.now(), await db.pages.counts(runId));
  engine.log.info({ orgId, campaignId, runId, state }, 'run ended');
}

/** Pauses a campaign because the channel refuses to work until somebody changes a setting. */
export async function pauseForFault(
  engine: Engine,
  { orgId, campaignId }: Omit<RunRef, 'runId'>,
  fault: ChannelFault,
  detail: string | null,
): Promise<void> {
  const reason = { code: fault, details: { detail } };
  const done = await commandCampaign(engine.database, orgId, campaignId, { type: 'pause', reason }, engine.now());
  if (!done.ok) return;
  engine.log.warn({ orgId, campaignId, fault, detail }, 'campaign paused');
  engine
    .tellPaused?.({ orgId, campaignId, fault, detail })
    .catch((error) => engine.log.warn({ err: error, orgId, campaignId }, 'nobody was told of a paused campaign'));
}

/** Fails a campaign whose audience can't be written down, and takes the audience as far as it is as complete. */
export async function failBuild(engine: Engine, { orgId, runId, campaignId }: RunRef): Promise<void> {
  const db = engine.db(orgId);
  const reason = { code: 'audience_failed', details: {} };
  await commandCampaign(engine.database, orgId, campaignId, { type: 'fail', reason }, engine.now());
  await engine.database.transaction(async (session) => {
    await db.runs.built(runId, await db.pages.builtRecipients(runId, session), engine.now(), session);
  });
  engine.log.error({ orgId, campaignId, runId }, 'campaign failed: its audience can not be built');
}
