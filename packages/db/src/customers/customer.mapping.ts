import { type AttributeValue, type Customer, type CustomerFields, type CustomerRollups, fold } from '@mini-crm/domain';
import type { CustomerDocument, FoldedFields } from './customer.model.ts';

/** No order yet. */
export const emptyRollups: CustomerRollups = { orderCount: 0, revenue: 0, firstOrderAt: null, lastOrderAt: null };

/** The customer of a document. */
export function toCustomer(document: CustomerDocument): Customer {
  const {
    _id,
    orgId: _orgId,
    folded: _folded,
    foldedAttributes: _attributes,
    search: _search,
    sortName: _sort,
    demo: _demo,
    ...rest
  } = document;
  return { id: _id, ...rest };
}

/** All that is derived from a customer's fields and attributes; stored beside them so that MongoDB compares what domain folded. */
export function derivedFields(fields: CustomerFields, attributes: Readonly<Record<string, AttributeValue>>) {
  const folded = foldFields(fields);
  return {
    folded,
    foldedAttributes: foldAttributes(attributes),
    search: searchWords(folded),
    sortName: [folded.lastName, folded.firstName, folded.email, folded.externalId]
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

const maximumWord = 60;

/** Words whose prefixes find a customer: names, the address and the part behind its @, the phone with and without the plus, the external id. */
export function searchWords(folded: FoldedFields): string[] {
  const words = new Set<string>();
  for (const text of [folded.firstName, folded.lastName]) for (const word of splitWords(text)) words.add(word);
  if (folded.email) {
    words.add(folded.email);
    words.add(folded.email.slice(folded.email.indexOf('@') + 1));
  }
  if (folded.phone) words.add(folded.phone).add(folded.phone.slice(1));
  if (folded.externalId) words.add(folded.externalId);
  return [...words].map((word) => word.slice(0, maximumWord));
}

/** The words of a folded text as search compares them. */
export const splitWords = (text: string | null): string[] =>
  (text ?? '').split(/[\s,;]+/).filter((word) => word !== '');
