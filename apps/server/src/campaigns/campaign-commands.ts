import type { Database } from '@mini-crm/db';
import {
  type Campaign,
  type CampaignCommand,
  type CampaignId,
  type DomainError,
  decideCampaign,
  err,
  type OrganizationId,
  ok,
  type Result,
  runStateAfter,
  runStates,
} from '@mini-crm/domain';

/** The commands that a campaign gets after its launch, from its author or from the engine that sends it. */
export type RunningCommand = Exclude<CampaignCommand, { type: 'schedule' | 'launch' }>;

const attempts = 5;

/**
 * Moves a campaign and its run together by the state machine. Refuses with `campaign_state` where the command has no place
 * (any more); whoever races with it is waited out.
 */
export async function commandCampaign(
  database: Database,
  orgId: OrganizationId,
  id: CampaignId,
  command: RunningCommand,
  now: Date,
): Promise<Result<Campaign, DomainError>> {
  const { campaigns, runs } = database.forOrganization(orgId);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const campaign = await campaigns.get(id);
    if (!campaign) return err({ code: 'not_found' });
    const change = decideCampaign(campaign, command, now);
    if (!change.ok) return change;
    const moved = await database.transaction(async (session) => {
      const saved = await campaigns.transition(campaign, change.value, now, session);
      if (!saved || !campaign.runId) return saved;
      const run = await runs.get(campaign.runId, session);
      const state = run && runStateAfter(command.type, run);
      if (state) await runs.move(campaign.runId, runStates, state, change.value.finishedAt ?? null, session);
      return saved;
    });
    if (moved) return ok(moved);
  }
  return err({ code: 'stale' });
}
