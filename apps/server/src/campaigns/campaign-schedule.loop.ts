import { isPassingFault } from '@mini-crm/db';
import type { CampaignFailure, CampaignId, DomainError, OrganizationId } from '@mini-crm/domain';
import type { Deps } from '../deps.ts';
import { type Loop, poll } from '../worker/loop.ts';
import { commandCampaign } from './campaign-commands.ts';
import { launchCampaign } from './campaign-launch.usecases.ts';

type ScheduleDeps = Pick<Deps, 'database' | 'log' | 'now'>;

const atOnce = 20;
const postponedMs = 60_000;

/** Launches scheduled campaigns when their time has come. One that can't go out any more fails with its reasons. */
export const campaignScheduleLoop: Loop = {
  name: 'campaign-schedule',
  start: (deps) =>
    poll(deps, { name: 'campaign-schedule', idleMs: 1_000, work: scheduleRound(deps, () => performance.now()) }),
};

/**
 * One look for what is due; true where there may be more. A campaign that throws is put off for a minute, because it must
 * not keep the others waiting; a database that is away is everybody's wait.
 */
export function scheduleRound(deps: ScheduleDeps, clock: () => number): () => Promise<boolean> {
  const postponed = new Map<CampaignId, number>();
  return async () => {
    for (const [id, until] of postponed) if (until <= clock()) postponed.delete(id);
    const due = await deps.database.campaignQueue.due(deps.now(), atOnce, [...postponed.keys()]);
    for (const { orgId, campaignId } of due) {
      try {
        await launchDue(deps, orgId, campaignId);
      } catch (error) {
        if (isPassingFault(error)) throw error;
        postponed.set(campaignId, clock() + postponedMs);
        deps.log.error(
          { err: error, orgId, campaignId, againInMs: postponedMs },
          'a scheduled campaign can not be launched',
        );
      }
    }
    return due.length === atOnce;
  };
}

/** Launches one campaign that is due. Another worker may have done it meanwhile, or its author taken it back: then nothing happens. */
export async function launchDue(deps: ScheduleDeps, orgId: OrganizationId, id: CampaignId): Promise<void> {
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
