import type { OrganizationId } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import type { Database } from '../database.ts';
import { type DeliveryDocument, ofCampaigns } from '../delivery/delivery.model.ts';
import type { ChangeBatch, Latest } from './change-batch.ts';
import type {
  CustomerRow,
  DeliveryRow,
  EventRow,
  MemberRow,
  Projection,
  SavedPosition,
  SuppressionRow,
} from './projection/projection.ts';
import { deliveryFields } from './scanned-fields.ts';

export interface BatchTarget {
  readonly database: Database;
  readonly orgId: OrganizationId;
  readonly projection: Projection;
  /** Whether writes may be told that the projection has already: then nothing is taken for new. */
  readonly overlapping: boolean;
}

/** Writes what has changed, and up to where, in one transaction. */
export async function applyBatch(target: BatchTarget, batch: ChangeBatch, position: SavedPosition): Promise<void> {
  const deliveries = await readDeliveries(target, batch.deliveries);
  const inserted = [...batch.insertedEvents.values()] as unknown as EventRow[];
  const insertedCustomers = [...batch.insertedCustomers.values()] as unknown as CustomerRow[];
  await target.projection.write(async (writer) => {
    await each(gone(batch.customers), writer.removeCustomers);
    await each(there<CustomerRow>(batch.customers), writer.upsertCustomers);
    await each(insertedCustomers, target.overlapping ? writer.upsertCustomers : writer.insertCustomers);
    await each(gone(batch.events), writer.removeEvents);
    await each(there<EventRow>(batch.events), writer.replaceEvents);
    await each(inserted, target.overlapping ? writer.replaceEvents : writer.insertEvents);
    await each(gone(batch.suppressions), writer.removeSuppressions);
    await each(there<SuppressionRow>(batch.suppressions), writer.upsertSuppressions);
    await each(gone(batch.segmentMembers), writer.removeMembers);
    await each(there<MemberRow>(batch.segmentMembers), writer.upsertMembers);
    await each(gone(deliveries), writer.removeDeliveries);
    await each(there<DeliveryRow>(deliveries), writer.upsertDeliveries);
    await writer.savePosition(position);
  });
}

/** Does nothing where there is nothing to do: every statement of a small batch costs. */
async function each<T>(rows: readonly T[], write: (rows: readonly T[]) => Promise<void>): Promise<void> {
  if (rows.length > 0) await write(rows);
}

const gone = (latest: Latest): string[] => [...latest].filter(([, document]) => !document).map(([id]) => id);
const there = <T>(latest: Latest): T[] => [...latest.values()].filter((document) => document) as unknown as T[];

/** Rows of the log as they are now; those that are not there are null. */
async function readDeliveries({ database, orgId }: BatchTarget, ids: ReadonlySet<string>): Promise<Latest> {
  const latest = new Map<string, Document | null>([...ids].map((id) => [id, null]));
  if (ids.size === 0) return latest;
  const rows = database.driver
    .collection<DeliveryDocument>('deliveries', { readConcern: { level: 'majority' } })
    .find({ _id: { $in: [...ids] }, orgId, ...ofCampaigns }, { projection: deliveryFields, batchSize: 5000 });
  for await (const row of rows) latest.set(row._id, row);
  return latest;
}
