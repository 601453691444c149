import { type CampaignId, type OrganizationId, type RunId, type RunState, runStates } from '@mini-crm/domain';
import type { Models } from '../models.ts';

/** A run that the worker has to do with. */
export interface OpenRun {
  readonly orgId: OrganizationId;
  readonly runId: RunId;
  readonly campaignId: CampaignId;
  readonly state: RunState;
  /** Whether its audience is complete. */
  readonly built: boolean;
}

const unpaused = runStates.filter((state) => state !== 'paused');

/** What the worker asks across organizations: only names the runs; everything after is bound to the organization of each. */
export function sendingQueue(models: Models) {
  return {
    /**
     * Runs in which there is something to do, the oldest first; also cancelled ones, until they are written off. A paused run
     * is there only until its audience is complete: then nothing can be done before it is resumed, and however many are
     * paused, they take no place from those that send.
     */
    async openRuns(limit: number): Promise<OpenRun[]> {
      const found = await models.runs.collection
        .find(
          {
            $or: [
              { settledAt: null, state: { $in: unpaused } },
              { settledAt: null, state: 'paused', builtAt: null },
            ],
          },
          { projection: { orgId: 1, campaignId: 1, state: 1, builtAt: 1 } },
        )
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map((run) => ({
        orgId: run.orgId as OrganizationId,
        runId: run._id as unknown as RunId,
        campaignId: run.campaignId as CampaignId,
        state: run.state as RunState,
        built: run.builtAt !== null && run.builtAt !== undefined,
      }));
    },
  };
}

export type SendingQueue = ReturnType<typeof sendingQueue>;
