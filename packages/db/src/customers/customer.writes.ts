import {
  type Customer,
  type CustomerFields,
  type CustomerId,
  type DomainError,
  type ErrorCode,
  replacedConsents,
} from '@mini-crm/domain';
import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { BoundWrite } from '../organization/bound.ts';
import { derivedFields, fieldsOf, type NewCustomer, toNewDocument } from './customer.mapping.ts';
import { type CustomerDocument, maximumConsentHistory } from './customer.model.ts';

/** A customer as read, and what it shall be. */
export interface CustomerChange {
  readonly before: Customer;
  readonly after: Pick<Customer, 'attributes' | 'consents'> & { readonly fields: CustomerFields };
}

export type CustomerWrite = { readonly insert: NewCustomer } | { readonly update: CustomerChange };

/**
 * How a write ended: done; `stale` where somebody changed or removed the customer after it was read; or the code of the
 * identity that another customer holds. Indexes are those of the list that was written; what is not listed is done.
 */
export interface CustomerWriteFault {
  readonly index: number;
  readonly code: Extract<ErrorCode, 'stale' | 'customer_email_taken' | 'customer_external_id_taken'>;
}

/** The write as MongoDB gets it. A change applies only to the version that was read, and counts it up. */
export function toBoundWrite(write: CustomerWrite, now: Date, stamp: string): BoundWrite<CustomerDocument> {
  if ('insert' in write) return { insertOne: toNewDocument(write.insert, now) };
  const { before, after } = write.update;
  const past = replacedConsents(before.consents, after.consents).map(({ channel, consent }) => ({
    channel,
    ...consent,
  }));
  return {
    updateOne: {
      where: { _id: before.id, version: before.version },
      change: {
        $set: {
          ...fieldsOf(after.fields),
          ...derivedFields(after.fields, after.attributes),
          attributes: { ...after.attributes },
          consents: after.consents,
          updatedAt: now,
          lastWrite: stamp,
        },
        $inc: { version: 1 },
        ...(past.length > 0 ? { $push: { consentHistory: { $each: past, $slice: -maximumConsentHistory } } } : {}),
      },
    },
  };
}

/** The faults of a bulk that broke a unique index; anything else is a bug or a failure and is thrown. */
export function uniqueFaults(error: unknown): CustomerWriteFault[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return errors.map((one) => {
    if (one.code !== 11000) throw error;
    return { index: one.index, code: takenCode(one.errmsg ?? '') };
  });
}

/** The refusal that a single write's unique clash stands for, or null where the error is another one. */
export function uniqueRefusal(error: unknown): DomainError | null {
  if (!(error instanceof MongoServerError) || error.code !== 11000) return null;
  const code = takenCode(error.message);
  return { code, path: [code === 'customer_email_taken' ? 'email' : 'externalId'] };
}

// The server's message names the index that refused; an `_id` given twice never happens with fresh ids, and is a bug.
function takenCode(message: string): 'customer_email_taken' | 'customer_external_id_taken' {
  if (message.includes('orgId_1_folded.email_1')) return 'customer_email_taken';
  if (message.includes('orgId_1_externalId_1')) return 'customer_external_id_taken';
  throw new Error(`Unexpected unique index: ${message.slice(0, 300)}`);
}

/** Which changes met another version: those whose customers don't bear the stamp of this bulk afterwards. */
export function staleFaults(
  writes: readonly CustomerWrite[],
  stamped: ReadonlySet<CustomerId>,
  faults: readonly CustomerWriteFault[],
): CustomerWriteFault[] {
  const refused = new Set(faults.map(({ index }) => index));
  return writes.flatMap((write, index) => {
    if ('insert' in write || refused.has(index) || stamped.has(write.update.before.id)) return [];
    return [{ index, code: 'stale' as const }];
  });
}
