import type { SegmentId } from '@mini-crm/domain';
import type { Bound } from '../organization/bound.ts';
import type { SegmentSizeDocument } from './segment-size.model.ts';

export type SizeOfDay = Pick<SegmentSizeDocument, 'date' | 'size' | 'total' | 'at'>;

/** The sizes that segments of one organization had, a number a day. */
export function segmentSizesRepository(sizes: Bound<SegmentSizeDocument>) {
  return {
    /** Notes the size of a day; a later one of the same day replaces it. */
    async put(segmentId: SegmentId, { date, size, total, at }: SizeOfDay): Promise<void> {
      const change = { $set: { segmentId, date, size, total, at } };
      await sizes.updateOne({ _id: `${segmentId}:${date}` }, change, { upsert: true });
    },
    /** The sizes from a day on, oldest first. */
    async since(segmentId: SegmentId, date: string): Promise<SizeOfDay[]> {
      const found = await sizes
        .find({ segmentId, date: { $gte: date } })
        .sort({ date: 1 })
        .toArray();
      return found.map(({ date, size, total, at }) => ({ date, size, total, at }));
    },
    /** The segments whose size of a day is known. */
    async knownOn(date: string, segmentIds: readonly SegmentId[]): Promise<Set<SegmentId>> {
      const ids = segmentIds.map((id) => `${id}:${date}`);
      const found = await sizes.find({ _id: { $in: ids } }, { projection: { segmentId: 1 } }).toArray();
      return new Set(found.map(({ segmentId }) => segmentId));
    },
    async removeSegment(segmentId: SegmentId): Promise<number> {
      return sizes.deleteMany({ segmentId });
    },
  };
}

export type SegmentSizesRepository = ReturnType<typeof segmentSizesRepository>;
