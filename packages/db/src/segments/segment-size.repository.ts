import type { SegmentId } from '@mini-crm/domain';
import { MongoServerError } from 'mongodb';
import type { Bound } from '../organization/bound.ts';
import type { SegmentSizeDocument } from './segment-size.model.ts';

/** How many people a segment had on a day, out of how many. */
export interface SizeOfDay {
  readonly date: string;
  readonly size: number;
  readonly total: number;
  readonly at: Date;
}

const sizeId = (segmentId: SegmentId, date: string) => `${segmentId}:${date}`;

/** The sizes that segments of one organization had, a number a day. */
export function segmentSizesRepository(sizes: Bound<SegmentSizeDocument>) {
  return {
    /** Of some segments those that nobody has counted on a day, nor begun to since `begunBefore`. */
    async missing(date: string, segmentIds: readonly SegmentId[], begunBefore: Date): Promise<SegmentId[]> {
      const found = await sizes
        .find(
          {
            _id: { $in: segmentIds.map((id) => sizeId(id, date)) },
            $or: [{ size: { $ne: null } }, { at: { $gt: begunBefore } }],
          },
          { projection: { segmentId: 1 } },
        )
        .toArray();
      const known = new Set(found.map(({ segmentId }) => segmentId));
      return segmentIds.filter((id) => !known.has(id));
    },
    /** Begins to count a segment's size of a day; false where it is counted, or another worker counts since `begunBefore`. */
    async begin(segmentId: SegmentId, date: string, now: Date, begunBefore: Date): Promise<boolean> {
      try {
        const begun = await sizes.updateOne(
          { _id: sizeId(segmentId, date), size: null, at: { $lte: begunBefore } },
          { $set: { segmentId, date, size: null, total: null, at: now } },
          { upsert: true },
        );
        return begun.matchedCount + begun.upsertedCount === 1;
      } catch (error) {
        // The document is there, but does not fit: counted, or being counted.
        if (error instanceof MongoServerError && error.code === 11_000) return false;
        throw error;
      }
    },
    /** Notes the size of a day. Nothing where the segment was deleted or changed since the counting began. */
    async put(segmentId: SegmentId, begunAt: Date, { date, size, total, at }: SizeOfDay): Promise<void> {
      await sizes.updateOne({ _id: sizeId(segmentId, date), at: begunAt }, { $set: { size, total, at } });
    },
    /** The sizes from a day on, oldest first. */
    async since(segmentId: SegmentId, date: string): Promise<SizeOfDay[]> {
      const found = await sizes
        .find({ segmentId, date: { $gte: date }, size: { $ne: null } })
        .sort({ date: 1 })
        .toArray();
      return found.map(({ date, size, total, at }) => ({ date, size: size ?? 0, total: total ?? 0, at }));
    },
    /** Forgets the size of a day, so that it is counted anew: the segment is another since. */
    async forget(segmentId: SegmentId, date: string): Promise<void> {
      await sizes.deleteOne({ _id: sizeId(segmentId, date) });
    },
    async removeSegment(segmentId: SegmentId): Promise<number> {
      return sizes.deleteMany({ segmentId });
    },
  };
}

export type SegmentSizesRepository = ReturnType<typeof segmentSizesRepository>;
