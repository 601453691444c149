import type { CustomerId, Delivery, DeliveryState } from '@mini-crm/domain';
import { type ClientSession, MongoBulkWriteError } from 'mongodb';
import { olderThan, type StreamPosition } from '../events/stream-position.ts';
import type { Bound } from '../organization/bound.ts';
import { fromDelivery, toDelivery } from './delivery.mapping.ts';
import type { DeliveryDocument } from './delivery.model.ts';

/** The communication log of one organization: who was written to, with what outcome, and what came back. */
export function deliveriesRepository(deliveries: Bound<DeliveryDocument>) {
  return {
    async get(id: string): Promise<Delivery | null> {
      const found = await deliveries.get(id);
      return found && toDelivery(found);
    },
    /** A customer's rows, the newest first, for the timeline. */
    async ofCustomer(customerId: CustomerId, after: StreamPosition | null, limit: number): Promise<Delivery[]> {
      const where = after ? { customerId, ...olderThan(after) } : { customerId };
      const found = await deliveries.find(where).sort({ at: -1, _id: -1 }).limit(limit).toArray();
      return found.map(toDelivery);
    },
    /** Of these rows, those that are there and their states. */
    async states(ids: readonly string[], session?: ClientSession): Promise<Map<string, DeliveryState>> {
      const options = { projection: { state: 1 }, ...(session ? { session } : {}) };
      const found = await deliveries.find({ _id: { $in: [...ids] } }, options).toArray();
      return new Map(found.map(({ _id, state }) => [_id, state]));
    },
    /**
     * Writes rows without a transaction, those that are not there yet. Returns the ids of those that are: they stay as they
     * are. May be repeated when its answer was lost.
     */
    async insertNew(rows: readonly Delivery[]): Promise<ReadonlySet<string>> {
      try {
        await deliveries.insertMany(rows.map(fromDelivery), { ordered: false });
        return new Set();
      } catch (error) {
        const there = duplicatesIn(error);
        if (!there) throw error;
        return new Set(there.map((i) => rows[i]?.id ?? ''));
      }
    },
    /** Writes settled rows. */
    async insertMany(rows: readonly Delivery[], session: ClientSession): Promise<void> {
      await deliveries.insertMany(rows.map(fromDelivery), { session });
    },
    /** Replaces the guess `unknown` of a row by what turned out; false where the row says something else. */
    async reconcile(row: Delivery, session: ClientSession): Promise<boolean> {
      const { state, reason, detail, messageId } = row;
      const done = await deliveries.updateOne(
        { _id: row.id, state: 'unknown' },
        { $set: { state, reason, detail, messageId } },
        { session },
      );
      return done.modifiedCount === 1;
    },
    /** Takes what names the person off their rows; the rows stay, because reports count them. */
    async forget(customerId: CustomerId, session?: ClientSession): Promise<void> {
      // A provider's words may repeat the address.
      const nameless = { address: '', foldedAddress: '', name: '', detail: null };
      await deliveries.updateMany({ customerId }, { $set: nameless }, session ? { session } : {});
    },
    /** Notes that this message was answered by an unsubscription; the first instant stays. */
    async recordUnsubscribe(id: string, at: Date): Promise<boolean> {
      const done = await deliveries.updateOne({ _id: id }, [
        { $set: { unsubscribedAt: { $ifNull: ['$unsubscribedAt', at] } } },
      ]);
      return done.matchedCount === 1;
    },
  };
}

/** The places in an unordered insert of what was there already; null where anything else went wrong. */
function duplicatesIn(error: unknown): number[] | null {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) return null;
  const faults = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  if (faults.length === 0 || faults.some(({ code }) => code !== 11_000)) return null;
  return faults.map(({ index }) => index);
}

export type DeliveriesRepository = ReturnType<typeof deliveriesRepository>;
