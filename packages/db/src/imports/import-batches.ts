import {
  addCounts,
  type CustomerEvent,
  type CustomerId,
  type ImportCounts,
  type ImportId,
  noCounts,
} from '@mini-crm/domain';
import type { Binary, ClientSession, MongoClient } from 'mongodb';
import { type NewCustomer, toNewDocument } from '../customers/customer.mapping.ts';
import type { CustomerDocument } from '../customers/customer.model.ts';
import { type CustomerChange, toUpdates } from '../customers/customer.writes.ts';
import { isDuplicateKey } from '../errors/duplicate-key.ts';
import type { EventDocument } from '../events/event.model.ts';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { ImportBatchDocument } from './import.model.ts';

/** What a batch writes beside its own record. */
export interface BatchWrites {
  readonly updates: readonly CustomerChange[];
  readonly inserts: readonly NewCustomer[];
  readonly events: readonly { readonly event: CustomerEvent; readonly digest: string }[];
}

export type BatchRecord = Omit<Unowned<ImportBatchDocument>, '_id'>;

/** `done` now or before; `conflict` where what was decided no longer fits what is stored: decide again. */
export type CommitAnswer = 'done' | 'conflict';

/** What the transactions of a run's batches go over, one at a time. */
export type BatchSession = ClientSession;

/** Thrown inside the transaction to undo it. */
class Conflict extends Error {}

/** Everything that a running import of one organization stores, reads back and sums up. */
export function importBatches(
  batches: Bound<ImportBatchDocument>,
  customers: Bound<CustomerDocument>,
  events: Bound<EventDocument>,
  client: MongoClient,
) {
  const idOf = (importId: ImportId, number: number) => `${importId}:${String(number).padStart(8, '0')}`;

  async function write(record: BatchRecord, writes: BatchWrites, now: Date, session: ClientSession): Promise<void> {
    await batches.insert({ _id: idOf(record.importId, record.number), ...record }, session);
    if (writes.updates.length > 0) {
      const operations = toUpdates(writes.updates, now);
      const { matched } = await customers.bulkWrite(operations, { ordered: true, session });
      if (matched !== operations.length) throw new Conflict();
    }
    if (writes.inserts.length > 0) {
      await customers.insertMany(
        writes.inserts.map((customer) => toNewDocument(customer, now)),
        { ordered: false, session },
      );
    }
    if (writes.events.length > 0) {
      await events.insertMany(
        writes.events.map(({ event, digest }) => toEvent(events, event, digest, now)),
        {
          ordered: false,
          session,
        },
      );
    }
  }

  return {
    /** A session for one transaction after another; its id finds it again when the process is gone. */
    openSession(): { session: BatchSession; id: Binary } {
      const session = client.startSession();
      const id = session.id?.id;
      if (!id) throw new Error('A session without an id.');
      return { session, id };
    },
    /** Ends the sessions of a holder that is gone, with the transactions that they left open. */
    async endSessions(ids: readonly Binary[]): Promise<void> {
      if (ids.length > 0) await client.db('admin').command({ killSessions: ids.map((id) => ({ id })) });
    },
    /** Writes a batch and all that came of it as one; a batch that is done already is left alone. */
    async commit(record: BatchRecord, writes: BatchWrites, now: Date, session: BatchSession): Promise<CommitAnswer> {
      try {
        await session.withTransaction(() => write(record, writes, now, session));
        return 'done';
      } catch (error) {
        if (error instanceof Conflict || isDuplicateKey(error)) {
          return (await batches.get(idOf(record.importId, record.number), { projection: { _id: 1 } }))
            ? 'done'
            : 'conflict';
        }
        throw error;
      }
    },
    /** The numbers of the batches that are done, and the sum of their counts. */
    async done(importId: ImportId): Promise<{ numbers: Set<number>; counts: ImportCounts }> {
      const numbers = new Set<number>();
      let counts = noCounts;
      const cursor = batches.find({ importId }, { projection: { number: 1, counts: 1 } });
      for await (const batch of cursor) {
        numbers.add(batch.number);
        counts = addCounts(counts, batch.counts);
      }
      return { numbers, counts };
    },
    /** How often each of these keys stands in batches before this one. */
    async keysBefore(importId: ImportId, number: number, keys: readonly string[]): Promise<Map<string, number>> {
      if (number === 0 || keys.length === 0) return new Map();
      const wanted = { $in: [...new Set(keys)] };
      const rows = await batches
        .aggregate<{ _id: string; count: number }>([
          { $match: { importId, keys: wanted, 'keys.0': { $exists: true }, number: { $lt: number } } },
          { $project: { keys: 1 } },
          { $unwind: '$keys' },
          { $match: { keys: wanted } },
          { $group: { _id: '$keys', count: { $sum: 1 } } },
        ])
        .toArray();
      return new Map(rows.map(({ _id, count }) => [_id, count]));
    },
    /** The digests of stored events, by event id. */
    async eventDigests(eventIds: readonly string[]): Promise<Map<string, string>> {
      const ids = eventIds.map((id) => eventKey(events, id));
      const found = await events.find({ _id: { $in: ids } }, { projection: { eventId: 1, digest: 1 } }).toArray();
      return new Map(found.map(({ eventId, digest }) => [eventId, digest]));
    },
    /** The ids of customers by folded address. */
    async customersByEmail(folded: readonly string[]): Promise<Map<string, CustomerId>> {
      if (folded.length === 0) return new Map();
      // The unique index is partial over `$type: 'string'`, and MongoDB uses it only where a query says so too.
      const where = { 'folded.email': { $in: [...folded], $type: 'string' as const } };
      const found = await customers.find(where, { projection: { 'folded.email': 1 } }).toArray();
      return new Map(found.flatMap(({ _id, folded: { email } }) => (email === null ? [] : [[email, _id] as const])));
    },
    /** Customers whose roll-ups are due, each once. Which those are is worked out by the server, on disk where they are many. */
    async *touched(importId: ImportId, atOnce: number): AsyncGenerator<CustomerId[]> {
      const rows = batches.aggregate<{ _id: CustomerId }>(
        [
          { $match: { importId, 'touched.0': { $exists: true } } },
          { $project: { touched: 1 } },
          { $unwind: '$touched' },
          { $group: { _id: '$touched' } },
        ],
        { allowDiskUse: true, batchSize: atOnce },
      );
      let ids: CustomerId[] = [];
      for await (const { _id } of rows) {
        ids.push(_id);
        if (ids.length < atOnce) continue;
        yield ids;
        ids = [];
      }
      if (ids.length > 0) yield ids;
    },
    /** Drops what only the running import needed. */
    async tidy(importId: ImportId): Promise<void> {
      await batches.updateMany({ importId }, { $unset: { touched: '', keys: '' } });
    },
  };
}

export type ImportBatches = ReturnType<typeof importBatches>;

const eventKey = (events: Bound<EventDocument>, eventId: string) => `${events.orgId}:${eventId}`;

function toEvent(
  events: Bound<EventDocument>,
  event: CustomerEvent,
  digest: string,
  now: Date,
): Unowned<EventDocument> {
  const { lines, ...rest } = event;
  return {
    _id: eventKey(events, event.eventId),
    ...rest,
    ...(lines.length > 0 ? { lines } : {}),
    digest,
    source: 'import',
    createdAt: now,
  };
}
