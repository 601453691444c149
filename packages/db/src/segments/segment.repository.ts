import { fold, type Rule, type Segment, type SegmentFields, type SegmentId } from '@mini-crm/domain';
import type { Bound } from '../organization/bound.ts';
import { toSegment } from './segment.mapping.ts';
import type { SegmentDocument } from './segment.model.ts';

export type SegmentDraft = SegmentFields & { readonly rule: Rule };

/** At most so many segments an organization; lists show them all at once. */
export const maximumSegments = 1000;

/** The segments of one organization. */
export function segmentsRepository(segments: Bound<SegmentDocument>) {
  return {
    /** All segments, last edited first. */
    async list(): Promise<Segment[]> {
      return (await segments.find({}).sort({ updatedAt: -1, _id: 1 }).limit(maximumSegments).toArray()).map(toSegment);
    },
    async get(id: SegmentId): Promise<Segment | null> {
      const found = await segments.get(id);
      return found && toSegment(found);
    },
    /** Several by their ids, in no order; who is gone is left out. */
    async many(ids: readonly SegmentId[]): Promise<Segment[]> {
      return (await segments.find({ _id: { $in: [...ids] } }).toArray()).map(toSegment);
    },
    async insert(id: SegmentId, draft: SegmentDraft, now: Date): Promise<Segment> {
      const segment = {
        ...draft,
        kind: 'dynamic' as const,
        archivedAt: null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      await segments.insert({ _id: id, ...segment, foldedName: fold(draft.name) });
      return { id, ...segment };
    },
    /** Writes over the version that its author saw; null where that is no longer the stored one. */
    async replace(id: SegmentId, version: number, draft: SegmentDraft, now: Date): Promise<Segment | null> {
      const saved = await segments.findOneAndUpdate(
        { _id: id, version },
        { $set: { ...draft, foldedName: fold(draft.name), updatedAt: now }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      );
      return saved && toSegment(saved);
    },
    async remove(id: SegmentId): Promise<boolean> {
      return (await segments.deleteOne({ _id: id })) === 1;
    },
    /** Whether another segment has this name, in any case. */
    async isNameTaken(name: string, except?: SegmentId): Promise<boolean> {
      const others = except ? { _id: { $ne: except } } : {};
      return (await segments.count({ foldedName: fold(name), ...others }, { limit: 1 })) > 0;
    },
    count: () => segments.count({}),
  };
}

export type SegmentsRepository = ReturnType<typeof segmentsRepository>;
