import type { Document } from 'mongodb';
import type { StoredChange } from '../live/change-stream.ts';

/** Documents by id as they are by now; null where one is gone. */
export type Latest = ReadonlyMap<string, Document | null>;

/** What has changed of an organization, each document once, in its last state. */
export interface ChangeBatch {
  readonly customers: Latest;
  /** Customers that an insert told of and nothing else. */
  readonly insertedCustomers: ReadonlyMap<string, Document>;
  /** Events that an insert told of and nothing else. */
  readonly insertedEvents: ReadonlyMap<string, Document>;
  readonly events: Latest;
  readonly suppressions: Latest;
  readonly segmentMembers: Latest;
  /** Rows of the communication log that have to be read again. */
  readonly deliveries: ReadonlySet<string>;
}

const kept = ['suppressions', 'segmentMembers'] as const;
type Kept = (typeof kept)[number];
const isKept = (name: string): name is Kept => (kept as readonly string[]).includes(name);

/**
 * Gathers changes until they are taken. A delete says no more than the document's id, so that one of any organization may be
 * in it; removing what is not there does nothing.
 */
export function gatherChanges() {
  let batch = empty();
  let count = 0;
  /** How far the recipients of a page are known to be read. */
  const pagesRead = new Map<string, number>();

  function addPage(id: string, page: Document): void {
    const from = pagesRead.get(id) ?? 0;
    if (page.settled > from) pagesRead.set(id, page.settled);
    if (page.settled >= page.customerIds.length) pagesRead.delete(id);
    for (const customerId of page.customerIds.slice(from, page.settled))
      batch.deliveries.add(`${page.runId}:${customerId}`);
  }

  /** Notes a document among those that are surely new, or, once more is told of it, among the others. */
  function addNew(
    inserted: Map<string, Document>,
    others: Map<string, Document | null>,
    { operationType, id, document }: { operationType: string; id: string; document: Document | undefined },
  ): void {
    const known = others.has(id) || inserted.has(id);
    if (operationType === 'insert' && document && !known) inserted.set(id, document);
    else {
      inserted.delete(id);
      others.set(id, document ?? null);
    }
  }

  return {
    add(change: StoredChange): void {
      const collection = change.ns.coll;
      const id = String(change.documentKey._id);
      const gone = change.operationType === 'delete';
      const document: Document | undefined = gone ? undefined : change.fullDocument;
      // Looked up after an update and not found: it is deleted, and that is told next.
      if (!gone && !document) return;
      const { operationType } = change;
      if (collection === 'events') addNew(batch.insertedEvents, batch.events, { operationType, id, document });
      else if (collection === 'customers')
        addNew(batch.insertedCustomers, batch.customers, { operationType, id, document });
      else if (isKept(collection)) batch[collection].set(id, document ?? null);
      else if (collection === 'deliveries') batch.deliveries.add(id);
      else if (collection === 'pages' && document) addPage(id, document);
      else return;
      count += 1;
    },
    /** How many changes wait. */
    size: () => count,
    take(): ChangeBatch {
      const taken = batch;
      batch = empty();
      count = 0;
      return taken;
    },
    clear(): void {
      batch = empty();
      count = 0;
      pagesRead.clear();
    },
  };
}

function empty() {
  return {
    customers: new Map<string, Document | null>(),
    insertedCustomers: new Map<string, Document>(),
    insertedEvents: new Map<string, Document>(),
    events: new Map<string, Document | null>(),
    suppressions: new Map<string, Document | null>(),
    segmentMembers: new Map<string, Document | null>(),
    deliveries: new Set<string>(),
  };
}
