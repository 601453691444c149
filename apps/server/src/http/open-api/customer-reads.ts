import { type Customer, type CustomerId, fold } from '@mini-crm/domain';
import { refusal } from '../../errors.ts';
import type { IngestContext } from '../../ingest/ingest-context.ts';

/** A customer as programs read one. */
function toAnswer({ rollups, version: _, ...customer }: Customer) {
  const { id, externalId, email, phone, firstName, lastName, timeZone, locale } = customer;
  const { attributes, consents, createdAt, updatedAt } = customer;
  return {
    ...{ id, externalId, email, phone, firstName, lastName, timeZone, locale, attributes, consents },
    ...rollups,
    ...{ createdAt, updatedAt },
  };
}

/** One customer; another organization's is not found. */
export async function readCustomer({ db }: IngestContext, { customerId }: Readonly<Record<string, unknown>>) {
  const customer = await db.customers.get(customerId as CustomerId);
  if (!customer) throw refusal({ code: 'not_found' });
  return toAnswer(customer);
}

/** The customers that have this external id or this address: none or one each. */
export async function findCustomers({ db }: IngestContext, query: Readonly<Record<string, unknown>>) {
  const { externalId, email } = query as { externalId?: string; email?: string };
  if (externalId === undefined && email === undefined) throw refusal({ code: 'invalid_input', path: ['externalId'] });
  const found = await Promise.all([
    externalId === undefined ? [] : db.customers.byExternalIds([externalId]),
    email === undefined ? [] : db.customers.byFoldedEmails([fold(email)]),
  ]);
  return { customers: [...new Map(found.flat().map((one) => [one.id, one])).values()].map(toAnswer) };
}
