import { type Customer, type CustomerFields, type DomainError, fold, replacedConsents } from '@mini-crm/domain';
import { isDuplicateKey } from '../errors/duplicate-key.ts';
import { derivedFields, fieldsOf } from './customer.mapping.ts';
import { maximumConsentHistory } from './customer.model.ts';

/** A customer as read, and what it shall be. */
export interface CustomerChange {
  readonly before: Customer;
  readonly after: Pick<Customer, 'attributes' | 'consents'> & { readonly fields: CustomerFields };
}

/** A change as MongoDB gets it: it applies only to the version that was read, and counts it up. */
export function toUpdate({ before, after }: CustomerChange, now: Date) {
  const past = replacedConsents(before.consents, after.consents).map(({ channel, consent }) => ({
    channel,
    ...consent,
  }));
  return {
    where: { _id: before.id, version: before.version },
    change: {
      $set: {
        ...fieldsOf(after.fields),
        ...derivedFields(after.fields, after.attributes),
        attributes: { ...after.attributes },
        consents: after.consents,
        updatedAt: now,
      },
      $inc: { version: 1 },
      ...(past.length > 0 ? { $push: { consentHistory: { $each: past, $slice: -maximumConsentHistory } } } : {}),
    },
  };
}

/**
 * The changes of several customers as one transaction gets them, in this order: who gives up an identity that another one
 * takes does so first, so that they can be handed on, in a circle too. Each write has to match.
 */
export function toUpdates(changes: readonly CustomerChange[], now: Date) {
  const externalIds = new Set(changes.map(({ after }) => after.fields.externalId));
  const emails = new Set(changes.map(({ after }) => foldedEmail(after.fields)));
  const released = changes.flatMap(({ before, after: { fields } }) => {
    const id = before.externalId !== fields.externalId && externalIds.has(before.externalId);
    const email = foldedEmail(before) !== foldedEmail(fields) && emails.has(foldedEmail(before));
    const lost = { ...(id ? { externalId: null } : {}), ...(email ? { 'folded.email': null } : {}) };
    const where = { _id: before.id, version: before.version };
    return id || email ? [{ updateOne: { where, change: { $set: lost } } }] : [];
  });
  return [...released, ...changes.map((change) => ({ updateOne: toUpdate(change, now) }))];
}

const foldedEmail = ({ email }: Pick<CustomerFields, 'email'>) => (email === null ? null : fold(email));

/** The refusal that a single write's unique clash stands for, or null where the error is another one. */
export function uniqueRefusal(error: unknown): DomainError | null {
  if (!isDuplicateKey(error)) return null;
  const code = takenCode(error.message);
  return { code, path: [code === 'customer_email_taken' ? 'email' : 'externalId'] };
}

// The server's message names the index that refused; an `_id` given twice never happens with fresh ids, and is a bug.
function takenCode(message: string): 'customer_email_taken' | 'customer_external_id_taken' {
  if (message.includes('orgId_1_folded.email_1')) return 'customer_email_taken';
  if (message.includes('orgId_1_externalId_1')) return 'customer_external_id_taken';
  throw new Error(`Unexpected unique index: ${message.slice(0, 300)}`);
}
