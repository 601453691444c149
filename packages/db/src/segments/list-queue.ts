import type { OrganizationId, SegmentId } from '@mini-crm/domain';
import type { Collection } from 'mongodb';
import type { SegmentDocument } from './segment.model.ts';

/** A list that a worker fills, by a token. */
export interface HeldList {
  readonly orgId: OrganizationId;
  readonly segmentId: SegmentId;
}

/** What workers ask across organizations: only names what is due; everything after is bound to the organization it names. */
export function listQueue(segments: Collection<SegmentDocument>) {
  return {
    /**
     * Takes a list to fill that nobody holds, the longest waiting first; null where there is none. Clocks that differ
     * make two workers write the same people at worst, which is once.
     */
    async claim(token: string, now: Date, heldUntil: Date): Promise<HeldList | null> {
      const taken = await segments.findOneAndUpdate(
        { 'filling.heldUntil': { $lte: now } },
        { $set: { 'filling.token': token, 'filling.heldUntil': heldUntil } },
        { sort: { 'filling.heldUntil': 1 }, projection: { orgId: 1 } },
      );
      return taken && { orgId: taken.orgId, segmentId: taken._id };
    },
  };
}

export type ListQueue = ReturnType<typeof listQueue>;
