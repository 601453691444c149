import {
  type CampaignFigures,
  type CampaignId,
  type DeliveryReason,
  type DeliveryState,
  deliveryStates,
  type PageCounts,
  type RunId,
} from '@mini-crm/domain';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import type { PageDocument } from '../delivery/page.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { RunDocument } from './run.model.ts';

/** What a list shows of a run. */
export interface RunProgress {
  /** People in all pages; null until the audience is complete. */
  readonly planned: number | null;
  /** People whom the waterfall counted at launch. */
  readonly expected: number;
  readonly counts: PageCounts;
}

/** How far runs are, from the counters of their pages, or what those came to. */
export function progressRepository(
  runs: Bound<RunDocument>,
  pages: Bound<PageDocument>,
  deliveries: Bound<DeliveryDocument>,
) {
  return {
    /** Several runs at once; those that don't exist are left out. */
    async of(runIds: readonly RunId[]): Promise<Map<RunId, RunProgress>> {
      if (runIds.length === 0) return new Map();
      const sums = Object.fromEntries(deliveryStates.map((state) => [state, { $sum: `$counts.${state}` }]));
      const projection = { planned: 1, 'waterfall.reachable': 1, totals: 1 };
      const found = await runs.find({ _id: { $in: [...runIds] } }, { projection }).toArray();
      // A run that is through has written down what its pages came to; only the others are added up.
      const open = found.flatMap(({ _id, totals }) => (totals ? [] : [_id]));
      const groups =
        open.length === 0
          ? []
          : await pages
              .aggregate<PageCounts & { _id: RunId }>([
                { $match: { runId: { $in: open } } },
                { $group: { _id: '$runId', ...sums } },
              ])
              .toArray();
      const counts = new Map(groups.map(({ _id, ...rest }) => [_id, rest]));
      return new Map(
        found.map(({ _id, planned, waterfall, totals }) => [
          _id,
          { planned, expected: waterfall.reachable, counts: totals ?? counts.get(_id) ?? nothingYet },
        ]),
      );
    },

    /** Why people of a campaign got nothing, the most frequent reason first; as its report says, once its rows are removed. */
    async reasons(campaignId: CampaignId): Promise<{ state: DeliveryState; reason: DeliveryReason; count: number }[]> {
      const gone = { campaignId, 'summary.keptAt': { $exists: true } } as object;
      const kept = (await runs.findOne(gone, { projection: { 'summary.figures.reasons': 1 } }))?.summary;
      if (kept) return mostFirst(kept.figures.reasons);
      const groups = await deliveries
        .aggregate<{ _id: { state: DeliveryState; reason: DeliveryReason }; count: number }>([
          { $match: { campaignId, state: { $in: ['failed', 'skipped', 'unknown'] } } },
          { $group: { _id: { state: '$state', reason: '$reason' }, count: { $sum: 1 } } },
          { $sort: { count: -1, _id: 1 } },
        ])
        .toArray();
      return groups.map(({ _id, count }) => ({ ..._id, count }));
    },
  };
}

function mostFirst(reasons: CampaignFigures['reasons']) {
  const given = reasons.flatMap(({ state, reason, count }) => (reason ? [{ state, reason, count }] : []));
  return given.sort((one, other) => other.count - one.count);
}

const nothingYet: PageCounts = { sent: 0, failed: 0, skipped: 0, unknown: 0 };

export type ProgressRepository = ReturnType<typeof progressRepository>;
