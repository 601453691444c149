import type { AttributeValue } from '../attributes/attribute.ts';
import { consentAfterImport } from '../customers/consent.ts';
import type { Channel, Consent, Consents, Customer, CustomerFields } from '../customers/customer.ts';
import type { CustomerId } from '../ids/id.ts';
import type { Result } from '../result.ts';
import { fold } from '../text/fold.ts';
import type { CustomerRow } from './read-customer-row.ts';
import type { RowFault } from './row-fault.ts';

/** What became of a row. */
export type RowOutcome = 'created' | 'updated' | 'unchanged' | RowFault;

/** What is stored already of the people that a batch of rows names. */
export interface KnownCustomers {
  /** Those whose external id or folded address stands in the batch. */
  readonly customers: readonly Customer[];
  /** Folded addresses, of rows and of these customers, that are suppressed on the channel of the consent basis. */
  readonly suppressed: ReadonlySet<string>;
}

/** The consent that a file's basis gives to everybody who never said no. */
export interface OfferedConsent {
  readonly channel: Channel;
  readonly consent: Consent;
}

export interface CustomerState {
  readonly fields: CustomerFields;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly consents: Consents;
}

export interface CustomerPlan {
  /** One for each row, in its order. */
  readonly outcomes: readonly RowOutcome[];
  /** In an order in which an identity is given up before another one takes it. */
  readonly updates: readonly { readonly before: Customer; readonly after: CustomerState }[];
  readonly inserts: readonly (CustomerState & { readonly id: CustomerId })[];
  /** People who withdrew or are suppressed, and stay so though the basis would have given consent. */
  readonly consentsKept: number;
}

interface Draft {
  readonly id: CustomerId;
  readonly before: Customer | null;
  fields: CustomerFields;
  attributes: Record<string, AttributeValue>;
  consents: Consents;
  /** Rows that name this customer, and whether each changed something. */
  readonly rows: { index: number; changed: boolean }[];
  consentKept: boolean;
}

const nobody: CustomerFields = {
  externalId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  timeZone: null,
  locale: null,
};

/**
 * Decides a batch of rows against what is stored: a row means the customer of its external id, else of its address, else
 * a new one. A later row sees what earlier ones did. Two different customers behind one row refuse it.
 */
export function planCustomers(
  rows: readonly Result<CustomerRow, RowFault>[],
  known: KnownCustomers,
  offered: OfferedConsent | null,
  nextId: () => CustomerId,
): CustomerPlan {
  const byExternalId = new Map<string, Draft>();
  const byEmail = new Map<string, Draft>();
  const order = new Set<Draft>();
  for (const customer of known.customers) {
    const draft = draftOf(customer);
    if (customer.externalId !== null) byExternalId.set(customer.externalId, draft);
    if (customer.email !== null) byEmail.set(fold(customer.email), draft);
  }

  const outcomes: RowOutcome[] = [];
  rows.forEach((row, index) => {
    outcomes.push('unchanged');
    if (!row.ok) {
      outcomes[index] = row.error;
      return;
    }
    const { externalId, email } = row.value.fields;
    const folded = email === undefined ? undefined : fold(email);
    const sameId = externalId === undefined ? undefined : byExternalId.get(externalId);
    const sameEmail = folded === undefined ? undefined : byEmail.get(folded);
    const found = sameId ?? sameEmail;
    const clash =
      (sameId && sameEmail && sameId !== sameEmail) ||
      (found && externalId !== undefined && found.fields.externalId !== null && found.fields.externalId !== externalId);
    if (clash) {
      outcomes[index] = { code: 'customer_identity_clash' };
      return;
    }
    const draft = found ?? newDraft(nextId());
    const identityMoved = merge(draft, row.value, byExternalId, byEmail);
    const consentChanged = offered ? offer(draft, offered, known.suppressed) : false;
    draft.rows.push({ index, changed: identityMoved.changed || consentChanged });
    // Who gives an identity up comes before who takes it.
    if (identityMoved.moved) order.delete(draft);
    order.add(draft);
  });

  const updates: { before: Customer; after: CustomerState }[] = [];
  const inserts: (CustomerState & { id: CustomerId })[] = [];
  let consentsKept = 0;
  for (const draft of order) {
    const { id, before, fields, attributes, consents } = draft;
    const differs = before === null || !sameCustomer(before, draft);
    if (before === null) inserts.push({ id, fields, attributes, consents });
    else if (differs) updates.push({ before, after: { fields, attributes, consents } });
    draft.rows.forEach(({ index, changed }, place) => {
      if (before === null && place === 0) outcomes[index] = 'created';
      else if (differs && changed) outcomes[index] = 'updated';
    });
    if (draft.consentKept) consentsKept++;
  }
  return { outcomes, updates, inserts, consentsKept };
}

function draftOf(customer: Customer): Draft {
  const { externalId, email, phone, firstName, lastName, timeZone, locale } = customer;
  return {
    id: customer.id,
    before: customer,
    fields: { externalId, email, phone, firstName, lastName, timeZone, locale },
    attributes: { ...customer.attributes },
    consents: customer.consents,
    rows: [],
    consentKept: false,
  };
}

const newDraft = (id: CustomerId): Draft => ({
  id,
  before: null,
  fields: { ...nobody },
  attributes: {},
  consents: {},
  rows: [],
  consentKept: false,
});

/** Puts a row's values into a draft. An address that differs in case only keeps the spelling that is stored. */
function merge(draft: Draft, row: CustomerRow, byExternalId: Map<string, Draft>, byEmail: Map<string, Draft>) {
  let changed = false;
  let moved = false;
  const fields: Record<string, string | null> = { ...draft.fields };
  for (const field in row.fields) {
    const value = row.fields[field as keyof CustomerFields] as string;
    const held = fields[field] ?? null;
    if (held === value) continue;
    if (field === 'email') {
      const folded = fold(value);
      if (held !== null && fold(held) === folded) continue;
      if (held !== null) byEmail.delete(fold(held));
      byEmail.set(folded, draft);
      moved = true;
    }
    if (field === 'externalId') {
      byExternalId.set(value, draft);
      moved = true;
    }
    fields[field] = value;
    changed = true;
  }
  draft.fields = fields as unknown as CustomerFields;
  for (const slug in row.attributes) {
    const value = row.attributes[slug] as AttributeValue;
    const held = draft.attributes[slug];
    if (held !== undefined && sameValue(held, value)) continue;
    draft.attributes[slug] = value;
    changed = true;
  }
  return { changed, moved };
}

function offer(draft: Draft, { channel, consent }: OfferedConsent, suppressed: ReadonlySet<string>): boolean {
  const address = channel === 'email' ? draft.fields.email : draft.fields.phone;
  if (address === null) return false;
  const held = draft.consents[channel];
  const isSuppressed = suppressed.has(fold(address));
  const next = consentAfterImport(held, consent, isSuppressed);
  if (held?.state === 'withdrawn' || isSuppressed) draft.consentKept = true;
  if (next === undefined || next === held) return false;
  draft.consents = { ...draft.consents, [channel]: next };
  return true;
}

function sameCustomer(before: Customer, draft: Draft): boolean {
  for (const field in draft.fields) {
    if (before[field as keyof CustomerFields] !== draft.fields[field as keyof CustomerFields]) return false;
  }
  for (const slug in draft.attributes) {
    const held = before.attributes[slug];
    if (held === undefined || !sameValue(held, draft.attributes[slug] as AttributeValue)) return false;
  }
  return draft.consents === before.consents;
}

/** Whether two values of one attribute are the same. */
export function sameValue(one: AttributeValue, other: AttributeValue): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (one instanceof Date || other instanceof Date) {
    return one instanceof Date && other instanceof Date && one.getTime() === other.getTime();
  }
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => item === other[index])
    );
  }
  const [a, b] = [one as { amount: number; currency: string }, other as { amount: number; currency: string }];
  return a.amount === b.amount && a.currency === b.currency;
}
