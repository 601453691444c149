import {
  type Attribute,
  type AttributeValue,
  type CustomerFields,
  checkIdentity,
  customerInputSchema,
} from '@mini-crm/domain';
import { type AttributeDraft, readDraft, toDraft } from './attribute-draft.ts';

/** A customer as the form holds them: every field a text, "" where nothing is known. */
export interface CustomerDraft {
  externalId: string;
  email: string;
  phone: string;
  firstName: string;
  lastName: string;
  timeZone: string;
  locale: string;
  attributes: Record<string, AttributeDraft>;
}

/** A customer as they are, with their attributes as the server sends them. */
export interface EditedCustomer extends CustomerFields {
  readonly attributes: Readonly<Record<string, AttributeValue | string>>;
}

/** What is saved: the fields, and of the attributes those that changed. */
export interface SavedCustomer extends CustomerFields {
  readonly attributes: Record<string, unknown>;
}

const fields = ['externalId', 'email', 'phone', 'firstName', 'lastName', 'timeZone', 'locale'] as const;

/** The form's start: the customer's values, or nothing. */
export function emptyDraft(attributes: readonly Attribute[], customer?: EditedCustomer): CustomerDraft {
  const values = Object.fromEntries(fields.map((field) => [field, customer?.[field] ?? '']));
  const drafts = attributes.map((attribute) => [
    attribute.slug,
    toDraft(attribute, customer?.attributes[attribute.slug]),
  ]);
  return { ...(values as unknown as Omit<CustomerDraft, 'attributes'>), attributes: Object.fromEntries(drafts) };
}

/** What a valid draft says. Attributes that were not touched are left out, so that a colleague's change to them stays. */
export function readCustomer(
  draft: CustomerDraft,
  attributes: readonly Attribute[],
  customer?: EditedCustomer,
): SavedCustomer {
  const changed = attributes.flatMap((attribute) => {
    const now = draft.attributes[attribute.slug] ?? '';
    if (same(now, toDraft(attribute, customer?.attributes[attribute.slug]))) return [];
    const read = readDraft(attribute, now);
    return read.ok ? [[attribute.slug, read.value] as const] : [];
  });
  return { ...readFields(draft), attributes: Object.fromEntries(changed) };
}

const same = (one: AttributeDraft, other: AttributeDraft) => JSON.stringify(one) === JSON.stringify(other);

function readFields(draft: CustomerDraft): CustomerFields {
  const values = Object.fromEntries(fields.map((field) => [field, draft[field].trim() || null]));
  return values as unknown as CustomerFields;
}

const words: Partial<Record<string, string>> = {
  externalId: 'Use at most 200 characters on one line.',
  email: 'Enter an e-mail address such as ann@example.com.',
  phone: 'Write it with its country code, for example +1 415 555 2671.',
  firstName: 'Use at most 100 characters.',
  lastName: 'Use at most 100 characters.',
  timeZone: 'Choose a time zone.',
  locale: 'Write it like en, de-AT or zh-Hant.',
};

/** What is wrong with a draft, by field. */
export function checkCustomer(draft: CustomerDraft, attributes: readonly Attribute[]): Record<string, string> {
  const errors: Record<string, string> = {};
  const input = readFields(draft);
  const parsed = customerInputSchema.safeParse({ ...input, attributes: {} });
  for (const { path } of parsed.error?.issues ?? []) {
    const field = String(path[0]);
    errors[field] ??= words[field] ?? 'This is not valid.';
  }
  if (input.phone !== null && !/^(\+|00)/.test(input.phone)) errors.phone ??= words.phone ?? '';
  if (!checkIdentity(input).ok) errors.email ??= 'Give an e-mail address, a phone number or an external id.';
  for (const attribute of attributes) {
    const read = readDraft(attribute, draft.attributes[attribute.slug] ?? '');
    if (!read.ok) errors[`attributes.${attribute.slug}`] = read.words;
  }
  return errors;
}
