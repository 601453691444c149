import type { CustomerId, Delivery, DeliveryState } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
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
    /** Counts an opening by a person; the first instant stays. False where there is no such row. */
    async recordOpen(id: string, at: Date): Promise<boolean> {
      const done = await deliveries.updateOne({ _id: id }, [
        { $set: { opens: { $add: ['$opens', 1] }, openedAt: { $ifNull: ['$openedAt', at] } } },
      ]);
      return done.matchedCount === 1;
    },
    /** Counts a person's click on link number `link`. Whoever clicks has opened: mail programs that load no pictures don't say so. */
    async recordClick(id: string, link: number, at: Date): Promise<boolean> {
      const counted = {
        $map: {
          input: '$clicks',
          as: 'click',
          in: {
            $cond: [
              { $eq: ['$$click.link', link] },
              { $mergeObjects: ['$$click', { count: { $add: ['$$click.count', 1] } }] },
              '$$click',
            ],
          },
        },
      };
      const added = { $concatArrays: ['$clicks', [{ link, at, count: 1 }]] };
      const done = await deliveries.updateOne({ _id: id }, [
        {
          $set: {
            clicks: { $cond: [{ $in: [link, '$clicks.link'] }, counted, added] },
            clickedAt: { $ifNull: ['$clickedAt', at] },
            openedAt: { $ifNull: ['$openedAt', at] },
            opens: { $max: ['$opens', 1] },
          },
        },
      ]);
      return done.matchedCount === 1;
    },
    /** Notes that a known program opened the message or followed a link of it: the first instant stays, and no report counts it. */
    async recordMachine(kind: 'open' | 'click', id: string, at: Date): Promise<boolean> {
      const field = kind === 'open' ? 'machineOpenedAt' : 'machineClickedAt';
      const done = await deliveries.updateOne({ _id: id }, [{ $set: { [field]: { $ifNull: [`$${field}`, at] } } }]);
      return done.matchedCount === 1;
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

export type DeliveriesRepository = ReturnType<typeof deliveriesRepository>;
