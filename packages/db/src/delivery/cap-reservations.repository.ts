import { type CampaignPurpose, type Channel, type CustomerId, deliveryId, type RunId } from '@mini-crm/domain';
import { type ClientSession, MongoServerError } from 'mongodb';
import type { RunDocument } from '../campaigns/run.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { CapReservationDocument } from './cap-reservation.model.ts';
import type { DeliveryDocument } from './delivery.model.ts';
import { logIndexes } from './delivery-indexes.ts';

/** What the cap has to know of one person before a message of theirs goes out. */
export interface CapUse {
  /** Marketing messages of the log that were sent or may have been. */
  readonly counted: readonly { readonly key: string; readonly at: Date }[];
  /** Messages that were let through before this one and have no outcome yet. */
  readonly ahead: readonly string[];
}

/** Whose messages they are that ask for room under a cap. */
export interface CapAsker {
  readonly runId: RunId;
  readonly channel: Channel;
  /** Of the hold on their page. */
  readonly token: string;
}

const duplicateKey = 11_000;
const upsertTries = 5;

/**
 * Room under an organization's frequency cap. A worker writes down that a message is about to go out before it looks into the
 * log, so of two that come at the same moment the second sees the first; and what it wrote is taken back in the transaction that
 * settles the message, so each counts exactly once: as a reservation or as a row.
 */
export function capReservationsRepository(
  reservations: Bound<CapReservationDocument>,
  deliveries: Bound<DeliveryDocument>,
  runs: Bound<RunDocument>,
) {
  const idOf = (channel: Channel, customerId: CustomerId) => `${channel}:${customerId}`;
  // A run's purpose never changes.
  const purposes = new Map<RunId, CampaignPurpose>();

  /** Writes the reservations of a group, each behind those that its person has; one that is there keeps its place. */
  async function write({ runId, channel, token }: CapAsker, ids: readonly CustomerId[]): Promise<void> {
    const operations = ids.map((id) => {
      const key = deliveryId(runId, id);
      const mine = { key: { $literal: key }, token: { $literal: token } };
      const slots = { $ifNull: ['$slots', []] };
      const kept = {
        $map: { input: slots, as: 'slot', in: { $cond: [{ $eq: ['$$slot.key', mine.key] }, mine, '$$slot'] } },
      };
      const next = {
        $cond: [{ $in: [mine.key, { $ifNull: ['$slots.key', []] }] }, kept, { $concatArrays: [slots, [mine]] }],
      };
      const change = [{ $set: { slots: next, touchedAt: '$$NOW' } }];
      return { updateOne: { where: { _id: idOf(channel, id) }, change, upsert: true } };
    });
    for (let tries = 1; ; tries++) {
      try {
        await reservations.bulkWrite(operations, { ordered: false });
        return;
      } catch (error) {
        // Two first reservations of one person at the same moment: the second finds the document of the first.
        if (!(error instanceof MongoServerError) || error.code !== duplicateKey || tries === upsertTries) throw error;
      }
    }
  }

  async function purposesOf(ids: readonly RunId[]): Promise<ReadonlyMap<RunId, CampaignPurpose>> {
    const unknown = [...new Set(ids)].filter((id) => !purposes.has(id));
    if (unknown.length > 0) {
      const found = await runs.find({ _id: { $in: unknown } }, { projection: { 'content.purpose': 1 } }).toArray();
      for (const { _id, content } of found) purposes.set(_id, content.purpose);
    }
    return purposes;
  }

  return {
    /** Reserves room for these people's messages, and says of each what stands before it. `since` is the earliest instant that counts for any of them. */
    async reserve(asker: CapAsker, ids: readonly CustomerId[], since: Date): Promise<Map<CustomerId, CapUse>> {
      const { channel, runId } = asker;
      await write(asker, ids);
      const found = await reservations.find({ _id: { $in: ids.map((id) => idOf(channel, id)) } }).toArray();
      // Only now the log: who settled meanwhile is in what was just read, or in the log, or in both.
      const rows = await deliveries
        .find(
          { customerId: { $in: [...ids] }, at: { $gte: since }, channel, state: { $in: ['sent', 'unknown'] } },
          // By person, whatever the planner thinks of the day's messages: it is a few of some people among all of everybody.
          { projection: { customerId: 1, runId: 1, at: 1 }, hint: logIndexes.customer.name },
        )
        .toArray();
      const purpose = await purposesOf(rows.flatMap((row) => (row.runId ? [row.runId] : [])));
      const slots = new Map(found.map((one) => [one._id, one.slots]));
      const counted = new Map<string, { key: string; at: Date }[]>();
      for (const row of rows) {
        if (!row.customerId || !row.runId || row.runId === runId || purpose.get(row.runId) !== 'marketing') continue;
        const own = counted.get(row.customerId) ?? [];
        own.push({ key: row._id, at: row.at });
        counted.set(row.customerId, own);
      }
      return new Map(
        ids.map((id) => {
          const keys = (slots.get(idOf(channel, id)) ?? []).map(({ key }) => key);
          const place = keys.indexOf(deliveryId(runId, id));
          return [id, { counted: counted.get(id) ?? [], ahead: place < 0 ? keys : keys.slice(0, place) }];
        }),
      );
    },

    /** Takes the reservations of messages that may have gone out over to another holder; who has none gets one. */
    renew: write,

    /** Takes back the reservations of a run for these people; those of one holder where `token` is given. */
    async release(
      { runId, channel, token }: Omit<CapAsker, 'token'> & { readonly token: string | null },
      ids: readonly CustomerId[],
      session?: ClientSession,
    ): Promise<void> {
      if (ids.length === 0) return;
      const keys = ids.map((id) => deliveryId(runId, id));
      const slots = { key: { $in: keys }, ...(token === null ? {} : { token }) };
      await reservations.updateMany(
        { _id: { $in: ids.map((id) => idOf(channel, id)) }, 'slots.0': { $exists: true } },
        { $pull: { slots } } as never,
        session ? { session } : {},
      );
    },
  };
}

export type CapReservationsRepository = ReturnType<typeof capReservationsRepository>;
