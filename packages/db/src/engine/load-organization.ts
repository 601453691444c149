import type { OrganizationId } from '@mini-crm/domain';
import { BSON, type ClientSession, type Document, MongoServerError, type Timestamp } from 'mongodb';
import type { Database } from '../database.ts';
import { ofCampaigns } from '../delivery/delivery.model.ts';
import type { ProjectionLoader } from './projection/projection.ts';
import { customerFields, deliveryFields, eventFields, memberFields, suppressionFields } from './scanned-fields.ts';

export interface LoadOptions {
  readonly database: Database;
  readonly orgId: OrganizationId;
  /** Every write up to this time is read; later ones may be. */
  readonly since: Timestamp;
  readonly signal: AbortSignal;
  /** Is told the share that is read, from 0 to 1. */
  readonly progress: (share: number) => void;
}

const batchSize = 2000;
const badValue = 2;

interface Part {
  readonly name: string;
  readonly fields: Document;
  /** Which of the organization's; all unless given. */
  readonly where?: Document;
  /** In which order an organization is read that is one of many: by keys that no write changes, so that none comes twice. */
  readonly hint: Document;
  readonly write: (documents: readonly Buffer[]) => Promise<void>;
  /** What one takes compared with the others, for the progress. */
  readonly weight: number;
}

/**
 * Reads an organization whole into an empty projection. Not a snapshot, which MongoDB gives up after five minutes: what is
 * written meanwhile is read or not, and the change stream from `since` on, followed by the caller, says the rest again.
 */
export async function loadOrganization(loader: ProjectionLoader, options: LoadOptions): Promise<void> {
  const { database, since } = options;
  const session = database.client.startSession({ causalConsistency: true });
  session.advanceOperationTime(since);
  const parts: Part[] = [
    {
      name: 'customers',
      fields: customerFields,
      hint: { orgId: 1, _id: 1 },
      write: asObjects(loader.customers),
      weight: 2,
    },
    {
      name: 'events',
      fields: eventFields,
      hint: { orgId: 1, customerId: 1, at: -1, _id: -1 },
      write: loader.storedEvents,
      weight: 1,
    },
    {
      name: 'deliveries',
      fields: deliveryFields,
      where: ofCampaigns,
      hint: { orgId: 1, customerId: 1, at: -1, _id: -1 },
      write: asObjects(loader.deliveries),
      weight: 1,
    },
    {
      name: 'suppressions',
      fields: suppressionFields,
      hint: { orgId: 1, channel: 1, address: 1, scope: 1 },
      write: asObjects(loader.suppressions),
      weight: 1,
    },
    {
      name: 'segmentMembers',
      fields: memberFields,
      hint: { orgId: 1, segmentId: 1, customerId: 1 },
      write: asObjects(loader.members),
      weight: 1,
    },
  ];
  try {
    const counts = await Promise.all(parts.map((part) => countPart(part, options)));
    const total = counts.reduce((sum, { count }, i) => sum + count * (parts[i]?.weight ?? 0), 0);
    let done = 0;
    for (const [i, part] of parts.entries()) {
      await readPart(part, counts[i]?.most ?? false, options, session, (read) => {
        done += read * part.weight;
        options.progress(Math.min(done / Math.max(total, 1), 1));
      });
    }
  } finally {
    await session.endSession();
  }
}

/** How many documents of the organization there are, and whether that is most of the collection. */
async function countPart({ name, hint }: Part, { database, orgId }: LoadOptions) {
  const collection = database.driver.collection(name);
  const all = await collection.estimatedDocumentCount();
  try {
    const count = await collection.countDocuments({ orgId }, { hint });
    return { count, most: count * 2 > all };
  } catch (error) {
    // Where somebody dropped the index the whole collection has to be read.
    if (error instanceof MongoServerError && error.code === badValue) return { count: all, most: true };
    throw error;
  }
}

async function readPart(
  { name, fields, where, hint, write }: Part,
  most: boolean,
  { database, orgId, signal }: LoadOptions,
  session: ClientSession,
  progress: (read: number) => void,
): Promise<void> {
  // Of a collection that is nearly all this organization's, the documents are read as they lie: several times faster.
  const found = database.driver
    .collection(name, { readConcern: { level: 'majority' } })
    .find(
      { ...where, orgId },
      { projection: fields, hint: most ? { $natural: 1 } : hint, batchSize, session, raw: true },
    );
  try {
    let more = found.hasNext();
    while (await more) {
      signal.throwIfAborted();
      const batch = found.readBufferedDocuments() as unknown as Buffer[];
      // MongoDB looks for the next ones while these are written.
      more = found.hasNext();
      more.catch(() => undefined);
      await sent();
      await write(batch);
      progress(batch.length);
    }
  } finally {
    await found.close();
  }
}

/** Resolves when what was asked of the driver just now is on its way. */
const sent = () => new Promise<void>((resolve) => setImmediate(resolve));

const asObjects =
  (write: (documents: never) => Promise<void>) =>
  (documents: readonly Buffer[]): Promise<void> =>
    write(documents.map((document) => BSON.deserialize(document)) as never);
