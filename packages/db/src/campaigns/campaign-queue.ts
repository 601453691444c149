import type { CampaignId, OrganizationId } from '@mini-crm/domain';
import type { Collection } from 'mongodb';
import type { CampaignDocument } from './campaign.model.ts';

/** What workers ask across organizations: only names what is due; everything after is bound to the organization it names. */
export function campaignQueue(campaigns: Collection<CampaignDocument>) {
  return {
    /** Scheduled campaigns whose time has come, the longest due first, without those of `except`. */
    async due(
      now: Date,
      limit: number,
      except: readonly CampaignId[] = [],
    ): Promise<{ orgId: OrganizationId; campaignId: CampaignId }[]> {
      const found = await campaigns
        .find(
          { state: 'scheduled', 'schedule.at': { $lte: now }, _id: { $nin: [...except] } },
          { projection: { orgId: 1 } },
        )
        .sort({ 'schedule.at': 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, orgId }) => ({ orgId, campaignId: _id }));
    },
  };
}

export type CampaignQueue = ReturnType<typeof campaignQueue>;
