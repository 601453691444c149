import type { OrganizationId } from '@mini-crm/domain';
import type { SegmentDocument } from '../segments/segment.model.ts';
import { starterDocuments } from '../segments/segment.repository.ts';
import type { Migration } from './migrations.ts';

/** Organizations that have no segment yet get those that a new one has. Who keeps segments of their own is left alone. */
export const starterSegmentsForAll: Migration = {
  version: 4,
  name: 'segments of the first day',
  async up(db) {
    const segments = db.collection<SegmentDocument>('segments');
    const organizations = db.collection<{ _id: OrganizationId; currency: string }>('organizations');
    for await (const { _id: orgId, currency } of organizations.find({}, { projection: { currency: 1 } })) {
      if ((await segments.countDocuments({ orgId }, { limit: 1 })) > 0) continue;
      // All at once or none: what a crash leaves is looked at again.
      await db.client.withSession((session) =>
        session.withTransaction(() =>
          segments.insertMany(
            starterDocuments(currency, new Date()).map((document) => ({ ...document, orgId })),
            { session },
          ),
        ),
      );
    }
  },
};
