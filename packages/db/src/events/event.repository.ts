import type { CustomerEvent, CustomerId, CustomerRollups, UserId } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import { MongoBulkWriteError } from 'mongodb';
import { isTimeLimit } from '../errors/time-limit.ts';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { EventDocument } from './event.model.ts';
import { eventDigest } from './event-digest.ts';
import { olderThan, type StreamPosition } from './stream-position.ts';

/** What told us of events, and when. */
export interface EventOrigin {
  /** `import`, `user`, `demo`, `api`. */
  readonly source: string;
  readonly now: Date;
  readonly createdBy?: UserId;
}

/** What became of an event: stored, already there, or refused because another body has its id. */
export type EventOutcome = 'inserted' | 'same' | 'clash';

/** The events of one organization's customers. */
export function eventsRepository(events: Bound<EventDocument>) {
  const key = (eventId: string) => `${events.orgId}:${eventId}`;

  function toDocument(event: CustomerEvent, origin: EventOrigin): Unowned<EventDocument> {
    const { lines, ...rest } = event;
    return {
      _id: key(event.eventId),
      ...rest,
      ...(lines.length > 0 ? { lines } : {}),
      digest: eventDigest(event),
      source: origin.source,
      createdAt: origin.now,
      ...(origin.createdBy ? { createdBy: origin.createdBy } : {}),
    };
  }

  return {
    /**
     * Stores events, in no order, and answers what became of each, by its place in the list. The same event again is a
     * no-op, so that a list can be repeated; another body under a known id is not stored.
     */
    async insertMany(list: readonly CustomerEvent[], origin: EventOrigin): Promise<EventOutcome[]> {
      const documents = list.map((event) => toDocument(event, origin));
      const outcomes = documents.map((): EventOutcome => 'inserted');
      const known = await insertUnlessKnown(events, documents);
      if (known.length === 0) return outcomes;
      const ids = known.flatMap((index) => documents[index]?._id ?? []);
      const stored = await events.find({ _id: { $in: ids } }, { projection: { digest: 1 } }).toArray();
      const digests = new Map(stored.map(({ _id, digest }) => [_id, digest]));
      for (const index of known) {
        const document = documents[index];
        outcomes[index] = document && digests.get(document._id) === document.digest ? 'same' : 'clash';
      }
      return outcomes;
    },

    /** Roll-ups of the given customers, from their orders and refunds; revenue only in `currency`. Who has none is there too. */
    async rollups(
      customerIds: readonly CustomerId[],
      currency: string,
      session?: ClientSession,
    ): Promise<Map<CustomerId, CustomerRollups>> {
      const isOrder = { $eq: ['$type', 'order'] };
      const rows = await events
        .aggregate<CustomerRollups & { _id: CustomerId }>(
          [
            { $match: { customerId: { $in: [...customerIds] }, type: { $in: ['order', 'refund'] } } },
            {
              $group: {
                _id: '$customerId',
                orderCount: { $sum: { $cond: [isOrder, 1, 0] } },
                revenue: { $sum: { $cond: [{ $eq: ['$currency', currency] }, '$total', 0] } },
                firstOrderAt: { $min: { $cond: [isOrder, '$at', null] } },
                lastOrderAt: { $max: { $cond: [isOrder, '$at', null] } },
              },
            },
          ],
          session ? { session } : {},
        )
        .toArray();
      const none: CustomerRollups = { orderCount: 0, revenue: 0, firstOrderAt: null, lastOrderAt: null };
      const rollups = new Map(customerIds.map((id) => [id, none]));
      for (const { _id, ...row } of rows) rollups.set(_id, row);
      return rollups;
    },

    /** A customer's events, newest first, from a position on; only the types of `types`, and none of `without`. */
    async ofCustomer(
      customerId: CustomerId,
      page: {
        readonly after: StreamPosition | null;
        readonly types?: readonly string[];
        readonly without?: readonly string[];
        readonly limit: number;
      },
    ): Promise<EventDocument[]> {
      const { after, types, without, limit } = page;
      return events
        .find({
          customerId,
          ...(types ? { type: { $in: [...types] } } : {}),
          ...(without ? { type: { $nin: [...without] } } : {}),
          ...(after ? olderThan(after) : {}),
        })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .toArray();
    },
    /** How many events of a type there are since an instant, at most `limit`; null where counting takes too long. */
    async countSince(type: string, since: Date, limit: number): Promise<number | null> {
      try {
        return await events.count({ type, at: { $gte: since } }, { limit, maxTimeMS: 2000 });
      } catch (error) {
        if (isTimeLimit(error)) return null;
        throw error;
      }
    },
    /** Whether there is any order or refund. */
    async hasSales(): Promise<boolean> {
      return (await events.count({ type: { $in: ['order', 'refund'] } }, { limit: 1 })) > 0;
    },
    /** Those of these event ids that are stored. */
    async stored(eventIds: readonly string[]): Promise<Set<string>> {
      if (eventIds.length === 0) return new Set();
      const where = { _id: { $in: eventIds.map(key) } };
      const found = await events.find(where, { projection: { eventId: 1 } }).toArray();
      return new Set(found.map(({ eventId }) => eventId));
    },
    async removeOfCustomer(customerId: CustomerId, session?: ClientSession): Promise<number> {
      return events.deleteMany({ customerId }, session);
    },
  };
}

/** Inserts what is new; answers the indexes of the documents whose id is taken. */
async function insertUnlessKnown(
  events: Bound<EventDocument>,
  documents: readonly Unowned<EventDocument>[],
): Promise<number[]> {
  try {
    await events.insertMany(documents, { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    if (errors.some(({ code }) => code !== 11000)) throw error;
    return errors.map(({ index }) => index);
  }
}

export type EventsRepository = ReturnType<typeof eventsRepository>;
