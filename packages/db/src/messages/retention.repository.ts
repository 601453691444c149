import { type CampaignId, deliveryStates, type RunId } from '@mini-crm/domain';
import type { Filter } from 'mongodb';
import type { RunDocument } from '../campaigns/run.model.ts';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import { logIndexes } from '../delivery/delivery-indexes.ts';
import type { PageDocument } from '../delivery/page.model.ts';
import type { Bound, OwnedDocument, Unowned } from '../organization/bound.ts';
import type { OutboxMessageDocument } from '../outbox/outbox-message.model.ts';
import type { MessageDocument } from '../transactional/message.model.ts';
import type { RemovalRound, RemovedCounts, RetentionDocument } from './retention.model.ts';

const keptRounds = 12;
const nothing: RemovedCounts = { messages: 0, campaigns: 0, transactional: 0, outbox: 0 };

/**
 * Takes away the messages of one organization that are too old, a few at a time: each step is a small write, and may be
 * repeated by whoever goes on after a crash.
 */
export function retentionRepository(collections: {
  readonly retention: Bound<RetentionDocument>;
  readonly runs: Bound<RunDocument>;
  readonly pages: Bound<PageDocument>;
  readonly deliveries: Bound<DeliveryDocument>;
  readonly messages: Bound<MessageDocument>;
  readonly outbox: Bound<OutboxMessageDocument>;
}) {
  const { retention, runs, pages, deliveries, messages, outbox } = collections;
  const id = retention.orgId as string;
  const through = (before: Date) => ({ settledAt: { $lt: before }, removedAt: null }) as Filter<Unowned<RunDocument>>;
  const oldTransactional = (before: Date) =>
    ({ kind: 'transactional', state: { $in: [...deliveryStates] }, at: { $lt: before } }) as Filter<
      Unowned<DeliveryDocument>
    >;

  return {
    /** The last rounds that removed anything, the newest first. */
    rounds: async (): Promise<RemovalRound[]> => (await retention.get(id))?.rounds ?? [],

    /** Takes the organization for a while, or for longer; false where another worker has it. */
    async hold(token: string, now: Date, until: Date): Promise<boolean> {
      const free = { $or: [{ token }, { token: null }, { heldUntil: { $lt: now } }] };
      const taken = await retention.updateOne({ _id: id, ...free }, { $set: { token, heldUntil: until } });
      if (taken.matchedCount === 1) return true;
      const made = await retention.updateOne(
        { _id: id },
        { $setOnInsert: { token, heldUntil: until, rounds: [] } },
        { upsert: true },
      );
      return made.upsertedCount === 1;
    },
    async leave(token: string): Promise<void> {
      await retention.updateOne({ _id: id, token }, { $set: { token: null } });
    },

    /** Begins a round, or goes on with the one that a worker left. */
    async begin(before: Date, now: Date): Promise<void> {
      const going = await retention.updateOne({ _id: id, 'rounds.0.finishedAt': null, 'rounds.0': { $exists: true } }, {
        $set: { 'rounds.0.before': before },
      } as object);
      if (going.matchedCount === 1) return;
      const round: RemovalRound = { startedAt: now, finishedAt: null, before, ...nothing };
      await retention.updateOne({ _id: id }, {
        $push: { rounds: { $each: [round], $position: 0, $slice: keptRounds } },
      } as object);
    },
    /** Notes what went. */
    async note(removed: Partial<RemovedCounts>): Promise<void> {
      const change = Object.fromEntries(Object.entries(removed).map(([what, count]) => [`rounds.0.${what}`, count]));
      await retention.updateOne({ _id: id }, { $inc: change } as object);
    },
    /** Ends a round; one that removed nothing is forgotten. */
    async finish(now: Date): Promise<void> {
      const round = (await retention.get(id))?.rounds[0];
      if (
        round?.finishedAt === null &&
        Object.keys(nothing).every((what) => round[what as keyof RemovedCounts] === 0)
      ) {
        await retention.updateOne(
          { _id: id, 'rounds.0.startedAt': round.startedAt } as object,
          {
            $pop: { rounds: -1 },
          } as object,
        );
        return;
      }
      await retention.updateOne({ _id: id, 'rounds.0.finishedAt': null, 'rounds.0': { $exists: true } }, {
        $set: { 'rounds.0.finishedAt': now },
      } as object);
    },
    /** Whether a round was begun and not finished. */
    isGoing: async (): Promise<boolean> => (await retention.get(id))?.rounds[0]?.finishedAt === null,

    /**
     * Runs whose last message is older than an instant and that are still there, the oldest first. A run that is not through
     * is none of them, however old: its rows are what says who must not get it again.
     */
    async oldRuns(before: Date, limit: number): Promise<{ id: RunId; campaignId: CampaignId }[]> {
      const found = await runs
        .find(through(before), { projection: { campaignId: 1 } })
        .sort({ settledAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, campaignId }) => ({ id: _id, campaignId }));
    },
    /** Takes up to `limit` rows of a run; fewer were there where it answers less. */
    removeRows: (runId: RunId, limit: number) => removeSome(deliveries, ofRun(runId), limit),
    removePages: (runId: RunId, limit: number) => removeSome(pages, ofRun(runId), limit),
    /** Notes that nothing of a run is left but the run. */
    async removed(runId: RunId, now: Date): Promise<void> {
      await runs.updateOne({ _id: runId }, { $set: { removedAt: now } });
    },

    /** Takes up to `limit` transactional messages, with what they were made of. */
    async removeTransactional(before: Date, limit: number): Promise<number> {
      const found = await deliveries
        .find(oldTransactional(before), { projection: { _id: 1 }, hint: logIndexes.transactional.name })
        .limit(limit)
        .toArray();
      const ids = found.map(({ _id }) => _id);
      if (ids.length === 0) return 0;
      await messages.deleteMany({ _id: { $in: ids }, state: 'done' } as object);
      return deliveries.deleteMany({ _id: { $in: ids } });
    },
    removeOutbox: (before: Date, limit: number) => removeSome(outbox, { at: { $lt: before } }, limit),

    /** What would go that is older than an instant; counts no further than `limit` of each. */
    async old(before: Date, limit: number): Promise<RemovedCounts> {
      const [found, transactional, kept] = await Promise.all([
        runs
          .find(through(before), { projection: { totals: 1, planned: 1 } })
          .limit(limit)
          .toArray(),
        deliveries.count(oldTransactional(before), { limit, hint: logIndexes.transactional.name }),
        outbox.count({ at: { $lt: before } }, { limit }),
      ]);
      const sizes = found.map(({ totals, planned }) =>
        totals ? Object.values(totals).reduce((sum, count) => sum + count, 0) : (planned ?? 0),
      );
      return {
        campaigns: found.length,
        messages: sizes.reduce((sum, count) => sum + count, 0),
        transactional,
        outbox: kept,
      };
    },
  };
}

/** Rows and pages of a run have ids that begin with the run's. */
const ofRun = (runId: RunId) => ({ _id: { $gt: `${runId}:`, $lt: `${runId};` } });

async function removeSome<T extends OwnedDocument>(
  collection: Bound<T>,
  where: object,
  limit: number,
): Promise<number> {
  const found = await collection
    .find(where as Filter<Unowned<T>>, { projection: { _id: 1 } })
    .limit(limit)
    .toArray();
  if (found.length === 0) return 0;
  return collection.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } } as unknown as Filter<Unowned<T>>);
}

export type RetentionRepository = ReturnType<typeof retentionRepository>;
