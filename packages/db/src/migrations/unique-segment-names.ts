import { fold, type OrganizationId, type SegmentId } from '@mini-crm/domain';
import type { Migration } from './migrations.ts';

interface StoredSegment {
  _id: SegmentId;
  orgId: OrganizationId;
  name: string;
  foldedName: string;
  createdAt: Date;
}

const longestName = 120;

/**
 * Segments have a unique name now. Of several with one name (made at the same instant, or by a restore) the oldest keeps
 * it; the others get a number: `Buyers 2`.
 */
export const uniqueSegmentNames: Migration = {
  version: 2,
  name: 'unique segment names',
  async up(db) {
    const segments = db.collection<StoredSegment>('segments');
    const clashes = segments.aggregate<{ _id: { orgId: OrganizationId; foldedName: string } }>([
      { $group: { _id: { orgId: '$orgId', foldedName: '$foldedName' }, count: { $sum: 1 } } },
      { $match: { count: { $gt: 1 } } },
    ]);
    for await (const { _id } of clashes) {
      const [, ...later] = await segments.find(_id).sort({ createdAt: 1, _id: 1 }).toArray();
      for (const segment of later) {
        const name = await freeName(segment);
        await segments.updateOne({ _id: segment._id }, { $set: { name, foldedName: fold(name) } });
      }
    }

    async function freeName({ orgId, name }: StoredSegment): Promise<string> {
      for (let number = 2; ; number++) {
        const ending = ` ${number}`;
        const candidate = `${name.slice(0, longestName - ending.length).trimEnd()}${ending}`;
        if ((await segments.countDocuments({ orgId, foldedName: fold(candidate) }, { limit: 1 })) === 0)
          return candidate;
      }
    }
  },
};
