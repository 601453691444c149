import type { CampaignFailure, CampaignId, DomainError, OrganizationId } from '@mini-crm/domain';
import type { Deps } from '../deps.ts';
import { type Loop, poll } from '../worker/loop.ts';
import { commandCampaign } from './campaign-commands.ts';
import { launchCampaign } from './campaign-launch.usecases.ts';

const atOnce = 20;

/** Launches scheduled campaigns when their time has come. One that can't go out any more fails with its reasons. */
export const campaignScheduleLoop: Loop = {
  name: 'campaign-schedule',
  start: (deps) =>
    poll(deps, {
      name: 'campaign-schedule',
      idleMs: 1_000,
      async work() {
        const due = await deps.database.campaignQueue.due(deps.now(), atOnce);
        for (const { orgId, campaignId } of due) await launchDue(deps, orgId, campaignId);
        return due.length === atOnce;
      },
    }),
};

/** Launches one campaign that is due. Another worker may have done it meanwhile, or its author taken it back: then nothing happens. */
export async function launchDue(
  deps: Pick<Deps, 'database' | 'log' | 'now'>,
  orgId: OrganizationId,
  id: CampaignId,
): Promise<void> {
  const db = deps.database.forOrganization(orgId);
  const [organization, campaign] = await Promise.all([
    deps.database.accounts.organization(orgId),
    db.campaigns.get(id),
  ]);
  if (!organization || campaign?.state !== 'scheduled') return;
  const launched = await launchCampaign({ deps, db, organization }, { id, version: campaign.version, confirmed: null });
  if (launched.ok) {
    deps.log.info({ orgId, campaignId: id }, 'scheduled campaign launched');
    return;
  }
  if (launched.error.code === 'stale' || launched.error.code === 'campaign_state') return;
  deps.log.warn({ orgId, campaignId: id, error: launched.error }, 'scheduled campaign could not be launched');
  await commandCampaign(deps.database, orgId, id, { type: 'fail', reason: failureOf(launched.error) }, deps.now());
}

const failureOf = ({ code, details }: DomainError): CampaignFailure => ({ code, details: { ...details } });
