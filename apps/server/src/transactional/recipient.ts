import type { OrganizationDatabase } from '@mini-crm/db';
import { type Customer, type DomainError, err, fold, type MessageRecipient, ok, type Result } from '@mini-crm/domain';

/** To whom a message goes, by its address. */
export interface FoundRecipient {
  /** Null where the address is no customer's. */
  readonly customer: Customer | null;
  readonly address: string;
  /** As the program named them; empty where it did not. */
  readonly name: string;
}

/** Finds whom a program means. Refuses `recipient_unknown` and `recipient_no_address`. */
export async function findRecipient(
  db: OrganizationDatabase,
  to: MessageRecipient,
): Promise<Result<FoundRecipient, DomainError>> {
  if ('email' in to) {
    const [customer] = await db.customers.byFoldedEmails([fold(to.email)]);
    return ok({ customer: customer ?? null, address: to.email, name: to.name ?? '' });
  }
  const field = 'customerId' in to ? 'customerId' : 'externalId';
  const customer =
    'customerId' in to
      ? await db.customers.get(to.customerId)
      : ((await db.customers.byExternalIds([to.externalId]))[0] ?? null);
  if (!customer) return err({ code: 'recipient_unknown', path: ['to', field] });
  if (!customer.email) return err({ code: 'recipient_no_address', path: ['to', field] });
  return ok({ customer, address: customer.email, name: '' });
}
