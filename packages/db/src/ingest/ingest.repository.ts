import { type CustomerId, type CustomerReference, fold, type ReferredCustomer } from '@mini-crm/domain';
import { type NewCustomer, toNewDocument } from '../customers/customer.mapping.ts';
import type { CustomerDocument } from '../customers/customer.model.ts';
import { type CustomerChange, toUpdates } from '../customers/customer.writes.ts';
import type { Transaction } from '../customers/recompute-rollups.ts';
import { isDuplicateKey } from '../errors/duplicate-key.ts';
import type { Bound } from '../organization/bound.ts';

/** Thrown inside the transaction to undo it. */
class Conflict extends Error {}

/** What a batch writes of customers. */
export interface CustomerWrites {
  readonly updates: readonly CustomerChange[];
  readonly inserts: readonly NewCustomer[];
}

/** What batches of the API read and write of one organization's customers. */
export function ingestRepository(customers: Bound<CustomerDocument>, transaction: Transaction) {
  return {
    /** Whom references may mean: the customers with one of their ids, external ids or addresses. */
    async referred(references: readonly CustomerReference[]): Promise<ReferredCustomer[]> {
      const ids = new Set<CustomerId>();
      const externalIds = new Set<string>();
      const emails = new Set<string>();
      for (const { id, externalId, email } of references) {
        if (id !== undefined) ids.add(id);
        if (externalId !== undefined) externalIds.add(externalId);
        if (email !== undefined) emails.add(fold(email));
      }
      // One read by each index; an $or over them is planned anew and read as one. The unique indexes are partial over
      // `$type: 'string'`, and MongoDB uses them only where a query says so too.
      const projection = { externalId: 1, email: 1 } as const;
      const oneOf = (texts: ReadonlySet<string>) => ({ $in: [...texts], $type: 'string' as const });
      const found = await Promise.all([
        ids.size > 0 ? customers.find({ _id: { $in: [...ids] } }, { projection }).toArray() : [],
        externalIds.size > 0 ? customers.find({ externalId: oneOf(externalIds) }, { projection }).toArray() : [],
        emails.size > 0 ? customers.find({ 'folded.email': oneOf(emails) }, { projection }).toArray() : [],
      ]);
      const byId = new Map(found.flat().map(({ _id, externalId, email }) => [_id, { id: _id, externalId, email }]));
      return [...byId.values()];
    },

    /**
     * Writes a batch's customers as one; false, and nothing is written, where what was decided no longer fits what is
     * stored: decide again.
     */
    async writeCustomers({ updates, inserts }: CustomerWrites, now: Date): Promise<boolean> {
      if (updates.length === 0 && inserts.length === 0) return true;
      try {
        await transaction(async (session) => {
          if (updates.length > 0) {
            const operations = toUpdates(updates, now);
            const { matched } = await customers.bulkWrite(operations, { ordered: true, session });
            if (matched !== operations.length) throw new Conflict();
          }
          const documents = inserts.map((customer) => toNewDocument(customer, now));
          if (documents.length > 0) await customers.insertMany(documents, { ordered: false, session });
        });
        return true;
      } catch (error) {
        if (error instanceof Conflict || isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}

export type IngestRepository = ReturnType<typeof ingestRepository>;
