import { type Delivery, fold, type MessageFilter, stateOfReason } from '@mini-crm/domain';
import type { Filter } from 'mongodb';
import { toDelivery } from '../delivery/delivery.mapping.ts';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import type { Bound, Unowned } from '../organization/bound.ts';

/** The last message of a page. */
export interface MessagePosition {
  readonly at: Date;
  readonly id: string;
}

type Where = Filter<Unowned<DeliveryDocument>>;

const newestFirst = { at: -1, _id: -1 } as const;
const exportBatch = 1000;

/** The communication log of one organization as people read it: over all campaigns, filtered, the newest first. */
export function messageLogRepository(deliveries: Bound<DeliveryDocument>) {
  return {
    /** A page of the log, and the position after which the next one starts. */
    async list(
      filter: MessageFilter,
      after: MessagePosition | null,
      limit: number,
    ): Promise<{ items: Delivery[]; next: MessagePosition | null }> {
      const older = after ? { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] } : {};
      const found = await deliveries
        .find({ $and: [messagesWhere(filter), older] } as Where)
        .sort(newestFirst)
        .limit(limit + 1)
        .toArray();
      const last = found.length > limit ? found[limit - 1] : undefined;
      return { items: found.slice(0, limit).map(toDelivery), next: last ? { at: last.at, id: last._id } : null };
    },

    /** How many there are; stops counting at `limit`. */
    count: (filter: MessageFilter, limit: number): Promise<number> =>
      deliveries.count(messagesWhere(filter), { limit }),

    /** All of them, one after the other, for a file. Memory does not grow with their number. */
    async *stream(filter: MessageFilter): AsyncGenerator<Delivery> {
      const cursor = deliveries.find(messagesWhere(filter)).sort(newestFirst).batchSize(exportBatch);
      for await (const document of cursor) yield toDelivery(document);
    },
  };
}

/**
 * The query of a filter. A reason implies its state and a clicked link implies a click, so that the narrowest index of
 * delivery.model.ts serves: by customer, by address, by campaign and state, by campaign and response, by state, or by time alone.
 */
export function messagesWhere(filter: MessageFilter): Where {
  const { campaignId, customerId, reason, response, link, address, from, to } = filter;
  const state = filter.state ?? (reason ? stateOfReason(reason) : undefined);
  const all: object[] = [];
  if (customerId) all.push({ customerId });
  if (campaignId) all.push({ campaignId });
  if (state) all.push({ state });
  if (reason) all.push({ reason });
  if (response) all.push({ [`${response}At`]: { $exists: true } });
  if (link !== undefined) all.push({ clickedAt: { $exists: true }, 'clicks.link': link });
  if (address) all.push({ foldedAddress: { $gte: fold(address), $lt: `${fold(address)}\u{10ffff}` } });
  if (from) all.push({ at: { $gte: new Date(from) } });
  if (to) all.push({ at: { $lt: new Date(to) } });
  return (all.length === 0 ? {} : { $and: all }) as Where;
}

export type MessageLogRepository = ReturnType<typeof messageLogRepository>;
