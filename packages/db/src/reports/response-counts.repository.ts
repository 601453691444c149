import { type CampaignId, noResponses, type ResponseCounts, type RunId } from '@mini-crm/domain';
import type { CountedResponses, RunDocument } from '../campaigns/run.model.ts';
import { type Countable, countIndex, type DeliveryDocument } from '../delivery/delivery.model.ts';
import type { Bound } from '../organization/bound.ts';

/** So often at most it has to be noted at a run that somebody reacts; see `touch`. */
export const reactionsNotedEveryMs = 1_000;
/** So much longer a count is not taken for the last word: clocks of processes differ. */
const settlesMs = 10_000;
/** Counting takes no more than one part in so many of the time. */
const thrift = 10;

const since = { $gt: new Date(0) };

/**
 * Who answered the campaigns of one organization, for lists: counted from indexes alone, kept with the run, and counted again
 * only where somebody has reacted since. So a list of a thousand campaigns costs one read, and no count can drift from the log.
 */
export function responseCountsRepository(runs: Bound<RunDocument>, deliveries: Bound<DeliveryDocument>) {
  async function count(campaignId: CampaignId): Promise<ResponseCounts> {
    // Named, because the planner would as soon take an index of the log and read every row.
    const of = (field: Countable, more: object = {}) =>
      deliveries.count({ campaignId, [field]: since, ...more } as never, { hint: countIndex(field) });
    const both = (machine: Countable, person: Countable) =>
      Promise.all([of(machine), of(machine, { [person]: since })]);
    const [opened, clicked, unsubscribed, opens, clicks] = await Promise.all([
      of('openedAt'),
      of('clickedAt'),
      of('unsubscribedAt'),
      both('machineOpenedAt', 'openedAt'),
      both('machineClickedAt', 'clickedAt'),
    ]);
    return {
      opened,
      allOpened: opened + opens[0] - opens[1],
      clicked,
      allClicked: clicked + clicks[0] - clicks[1],
      unsubscribed,
    };
  }

  return {
    /** Says, before reactions to some runs are written, that their counts are old; once in `reactionsNotedEveryMs` is enough. */
    async touch(runIds: readonly RunId[], at: Date): Promise<void> {
      if (runIds.length > 0) await runs.updateMany({ _id: { $in: [...runIds] } }, { $max: { respondedAt: at } });
    },

    /** The counts of several runs; a run that is not there is left out. */
    async of(runIds: readonly RunId[], now: Date): Promise<Map<RunId, ResponseCounts>> {
      if (runIds.length === 0) return new Map();
      const projection = { campaignId: 1, respondedAt: 1, responses: 1, settledAt: 1, 'summary.keptAt': 1 };
      const found = await runs.find({ _id: { $in: [...runIds] } }, { projection }).toArray();
      const counts = new Map<RunId, ResponseCounts>();
      for (const run of found) {
        const { _id, campaignId } = run;
        if (isCurrent(run, now)) {
          counts.set(_id, run.responses ?? noResponses);
          continue;
        }
        const started = performance.now();
        const counted = await count(campaignId);
        const responses: CountedResponses = { ...counted, countedAt: now, tookMs: performance.now() - started };
        await runs.updateOne({ _id }, { $set: { responses } });
        counts.set(_id, responses);
      }
      return counts;
    },
  };
}

function isCurrent(
  { respondedAt, responses, summary }: Pick<RunDocument, 'respondedAt' | 'responses' | 'summary'>,
  now: Date,
): boolean {
  if (!responses) return false;
  // Its rows are being removed: nothing is left to count.
  if (summary) return true;
  const counted = responses.countedAt.getTime();
  if (respondedAt === undefined || counted > respondedAt.getTime() + reactionsNotedEveryMs + settlesMs) return true;
  return now.getTime() - counted < thrift * responses.tookMs;
}

export type ResponseCountsRepository = ReturnType<typeof responseCountsRepository>;
