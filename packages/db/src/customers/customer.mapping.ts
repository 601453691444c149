import {
  type AttributeValue,
  type Customer,
  type CustomerFields,
  type CustomerRollups,
  fold,
  searchWords,
} from '@mini-crm/domain';
import type { Unowned } from '../organization/bound.ts';
import type { CustomerDocument, FoldedFields } from './customer.model.ts';

/** No order yet. */
export const emptyRollups: CustomerRollups = { orderCount: 0, revenue: 0, firstOrderAt: null, lastOrderAt: null };

/** A customer to add. The id is the caller's, so that a repeated insert is the same insert. */
export type NewCustomer = Pick<Customer, 'id' | 'attributes' | 'consents'> & {
  readonly fields: CustomerFields;
  readonly demo?: boolean;
  /** When the customer came to the organization, where that is known; else the instant of the insert. */
  readonly createdAt?: Date;
};

/** The customer of a document. */
export function toCustomer(document: CustomerDocument): Customer {
  const {
    _id,
    orgId: _orgId,
    folded: _folded,
    foldedAttributes: _attributes,
    search: _search,
    sortName: _sort,
    consentHistory: _history,
    demo: _demo,
    ...rest
  } = document;
  return { id: _id, ...rest };
}

/** The fixed text fields of a customer, without the rest. */
export function fieldsOf(customer: CustomerFields): CustomerFields {
  const { externalId, email, phone, firstName, lastName, timeZone, locale } = customer;
  return { externalId, email, phone, firstName, lastName, timeZone, locale };
}

/** The document of a new customer. */
export function toNewDocument(customer: NewCustomer, now: Date): Unowned<CustomerDocument> {
  return {
    _id: customer.id,
    ...fieldsOf(customer.fields),
    attributes: { ...customer.attributes },
    consents: customer.consents,
    rollups: emptyRollups,
    ...derivedFields(customer.fields, customer.attributes),
    ...(customer.demo ? { demo: true } : {}),
    createdAt: customer.createdAt ?? now,
    updatedAt: now,
    version: 1,
  };
}

/** All that is derived from a customer's fields and attributes; stored beside them so that MongoDB compares what domain folded. */
export function derivedFields(fields: CustomerFields, attributes: Readonly<Record<string, AttributeValue>>) {
  const folded = foldFields(fields);
  return {
    folded,
    foldedAttributes: foldAttributes(attributes),
    search: searchWords(fields),
    sortName: [folded.lastName, folded.firstName, folded.email, folded.phone, folded.externalId]
      .filter((part) => part)
      .join(' ')
      .slice(0, 200),
  };
}

const foldOrNull = (text: string | null) => (text === null ? null : fold(text));

/** The fixed text fields, folded. */
export function foldFields(fields: CustomerFields): FoldedFields {
  return {
    externalId: foldOrNull(fields.externalId),
    email: foldOrNull(fields.email),
    phone: foldOrNull(fields.phone),
    firstName: foldOrNull(fields.firstName),
    lastName: foldOrNull(fields.lastName),
    timeZone: foldOrNull(fields.timeZone),
    locale: foldOrNull(fields.locale),
  };
}

/** Custom attributes that are text or lists of text, folded; the others are left out. */
export function foldAttributes(
  attributes: Readonly<Record<string, AttributeValue>>,
): Record<string, string | string[]> {
  const folded: Record<string, string | string[]> = {};
  for (const [slug, value] of Object.entries(attributes)) {
    if (typeof value === 'string') folded[slug] = fold(value);
    else if (Array.isArray(value)) folded[slug] = value.map((item: string) => fold(item));
  }
  return folded;
}
