import type { CustomerId, SegmentId } from '@mini-crm/domain';
import { type ClientSession, MongoBulkWriteError } from 'mongodb';
import type { Bound } from '../organization/bound.ts';
import { type SegmentMemberDocument, segmentMemberId } from './segment-member.model.ts';

// Members of one batch where all of them are read.
const batchSize = 500;

/** Whether a bulk of inserts failed for nothing but documents that are there already. */
function isOnlyRepeated(error: unknown): error is MongoBulkWriteError {
  if (!(error instanceof MongoBulkWriteError)) return false;
  return [error.writeErrors].flat().every(({ code }) => code === 11_000);
}

/** Who is on the lists of one organization. A customer is on a list once, however often they are added. */
export function segmentMembersRepository(members: Bound<SegmentMemberDocument>) {
  return {
    /** Puts customers on a list; says how many were not on it yet. */
    async add(segmentId: SegmentId, customerIds: readonly CustomerId[], addedAt: Date): Promise<number> {
      const operations = customerIds.map((customerId) => ({
        insertOne: { _id: segmentMemberId(segmentId, customerId), segmentId, customerId, addedAt },
      }));
      try {
        return (await members.bulkWrite(operations, { ordered: false })).inserted;
      } catch (error) {
        if (isOnlyRepeated(error)) return error.insertedCount;
        throw error;
      }
    },
    /** Takes customers off a list; says how many were on it. */
    async remove(segmentId: SegmentId, customerIds: readonly CustomerId[]): Promise<number> {
      return members.deleteMany({ segmentId, customerId: { $in: [...customerIds] } });
    },
    /** Takes everybody off a list that is gone. */
    async removeList(segmentId: SegmentId): Promise<number> {
      return members.deleteMany({ segmentId });
    },
    /** Takes a customer off all lists. */
    async removeCustomer(customerId: CustomerId, session?: ClientSession): Promise<number> {
      return members.deleteMany({ customerId }, session);
    },
    count: (segmentId: SegmentId) => members.count({ segmentId }),
    /** A page of a list in the order of the customers' ids, and who comes after it. */
    async page(
      segmentId: SegmentId,
      after: CustomerId | null,
      limit: number,
    ): Promise<{ items: { customerId: CustomerId; addedAt: Date }[]; next: CustomerId | null }> {
      const found = await members
        .find({ segmentId, ...(after ? { customerId: { $gt: after } } : {}) })
        .sort({ customerId: 1 })
        .limit(limit + 1)
        .toArray();
      const items = found.slice(0, limit).map(({ customerId, addedAt }) => ({ customerId, addedAt }));
      return { items, next: found.length > limit ? (items.at(-1)?.customerId ?? null) : null };
    },
    /** All who are on a list, in the order of their ids, a batch at a time in memory. */
    async *ids(segmentId: SegmentId): AsyncGenerator<CustomerId[]> {
      const cursor = members
        .find({ segmentId }, { projection: { _id: 0, customerId: 1 }, batchSize })
        .sort({ customerId: 1 });
      let batch: CustomerId[] = [];
      try {
        for await (const { customerId } of cursor) {
          batch.push(customerId);
          if (batch.length < batchSize) continue;
          yield batch;
          batch = [];
        }
      } finally {
        await cursor.close();
      }
      if (batch.length > 0) yield batch;
    },
    /** The lists that a customer is on. */
    async listsOf(customerId: CustomerId): Promise<SegmentId[]> {
      const found = await members.find({ customerId }, { projection: { segmentId: 1 } }).toArray();
      return found.map(({ segmentId }) => segmentId);
    },
    /** The lists that have members and are none of the given: what a crash left of a list that was never made, or is gone. */
    async orphans(known: readonly SegmentId[], before: Date): Promise<SegmentId[]> {
      // Sorted as the index is, so that the server jumps from list to list instead of reading all members.
      const groups = members.aggregate<{ _id: SegmentId; addedAt: Date }>([
        { $sort: { orgId: 1, segmentId: 1, customerId: 1 } },
        { $group: { _id: '$segmentId', addedAt: { $first: '$addedAt' } } },
      ]);
      const ids = new Set(known);
      return (await groups.toArray())
        .filter(({ _id, addedAt }) => !ids.has(_id) && addedAt < before)
        .map(({ _id }) => _id);
    },
  };
}

export type SegmentMembersRepository = ReturnType<typeof segmentMembersRepository>;
