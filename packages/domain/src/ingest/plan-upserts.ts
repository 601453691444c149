import type { Attribute, AttributeValue } from '../attributes/attribute.ts';
import { type Channel, type Consents, type Customer, type CustomerFields, channels } from '../customers/customer.ts';
import type { CustomerId } from '../ids/id.ts';
import type { CustomerState } from '../imports/plan-customers.ts';
import { ok, type Result } from '../result.ts';
import { fold } from '../text/fold.ts';
import { changedAttributes, changedFields, fieldsOf, isChanged } from './changed-customer.ts';
import { type StandingSuppression, stateConsent } from './consent-statement.ts';
import { fault, type ItemFault } from './item-fault.ts';
import type { CustomerItem } from './items.ts';

/** What became of an item. */
export type UpsertOutcome = 'created' | 'updated' | 'unchanged' | ItemFault;

/** What is stored already of the people that a batch names. */
export interface KnownPeople {
  readonly customers: readonly Customer[];
  readonly attributes: readonly Attribute[];
  /** What stands against an address of a channel, by its folded form. */
  readonly suppressions: (channel: Channel, address: string) => readonly StandingSuppression[];
}

export interface UpsertSetting {
  readonly now: Date;
  /** What told us of a consent, where the item does not say. */
  readonly source: string;
  readonly nextId: () => CustomerId;
}

export interface AddressOfChannel {
  readonly channel: Channel;
  readonly address: string;
  /** When the person said it. */
  readonly at: Date;
}

export interface UpsertPlan {
  /** One for each item, in its order. */
  readonly outcomes: readonly UpsertOutcome[];
  readonly updates: readonly { readonly before: Customer; readonly after: CustomerState }[];
  readonly inserts: readonly (CustomerState & { readonly id: CustomerId })[];
  /** Addresses to suppress before anything is written, and those to lift after, where nothing later stands against them. */
  readonly suppress: readonly AddressOfChannel[];
  readonly lift: readonly AddressOfChannel[];
  /** Statements of consent that changed nothing, as the person's word stays. */
  readonly consentsKept: number;
}

interface Draft {
  readonly id: CustomerId;
  readonly before: Customer | null;
  fields: CustomerFields;
  attributes: Record<string, AttributeValue>;
  consents: Consents;
  readonly rows: number[];
}

/** Clocks of two machines are never quite the same. */
const clockSkewMs = 5 * 60_000;

/**
 * Decides a batch of customers: an item means the customer of its external id, else of its address, else a new one. A later
 * item sees what earlier ones did. A refused item changes nothing.
 */
export function planUpserts(
  items: readonly Result<CustomerItem, ItemFault>[],
  known: KnownPeople,
  setting: UpsertSetting,
): UpsertPlan {
  const attributes = new Map(known.attributes.map((attribute) => [attribute.slug, attribute]));
  const byExternalId = new Map<string, Draft>();
  const byEmail = new Map<string, Draft>();
  const touched = new Set<Draft>();
  const suppress = new Map<string, AddressOfChannel>();
  const lift = new Map<string, AddressOfChannel>();
  let consentsKept = 0;

  for (const customer of known.customers) {
    const { id, attributes: held, consents } = customer;
    const draft: Draft = {
      id,
      before: customer,
      fields: fieldsOf(customer),
      attributes: { ...held },
      consents,
      rows: [],
    };
    if (customer.externalId !== null) byExternalId.set(customer.externalId, draft);
    if (customer.email !== null) byEmail.set(fold(customer.email), draft);
  }

  function upsert(item: CustomerItem): Result<Draft, ItemFault> {
    const externalId = item.externalId ?? undefined;
    const email = item.email == null ? undefined : fold(item.email);
    if (externalId === undefined && email === undefined) return fault('customer_identity_missing', []);
    const sameId = externalId === undefined ? undefined : byExternalId.get(externalId);
    const sameEmail = email === undefined ? undefined : byEmail.get(email);
    const found = sameId ?? sameEmail;
    const isOther =
      found && externalId !== undefined && found.fields.externalId !== null && found.fields.externalId !== externalId;
    if ((sameId && sameEmail && sameId !== sameEmail) || isOther) {
      return fault('customer_identity_clash', [isOther ? 'externalId' : 'email']);
    }
    const draft = found ?? newDraft(setting.nextId());
    const fields = changedFields(draft.fields, item);
    if (!fields.ok) return fields;
    const values = changedAttributes(draft.attributes, item.attributes, attributes);
    if (!values.ok) return values;
    const consents = changedConsents(draft, fields.value, item);
    if (!consents.ok) return consents;

    moveIdentity(draft, fields.value);
    draft.fields = fields.value;
    draft.attributes = values.value;
    draft.consents = consents.value;
    touched.add(draft);
    return ok(draft);
  }

  function moveIdentity(draft: Draft, { externalId, email }: CustomerFields): void {
    const before = draft.fields;
    if (before.externalId !== null) byExternalId.delete(before.externalId);
    if (before.email !== null) byEmail.delete(fold(before.email));
    if (externalId !== null) byExternalId.set(externalId, draft);
    if (email !== null) byEmail.set(fold(email), draft);
  }

  function changedConsents(draft: Draft, fields: CustomerFields, item: CustomerItem): Result<Consents, ItemFault> {
    let consents = draft.consents;
    const effects: (() => void)[] = [];
    for (const channel of channels) {
      const said = item.consents?.[channel];
      if (!said) continue;
      const at = new Date(said.at);
      if (at.getTime() > setting.now.getTime() + clockSkewMs) {
        return fault('consent_in_future', ['consents', channel, 'at']);
      }
      const address = channel === 'email' ? fields.email : fields.phone;
      const key = `${channel}:${address === null ? '' : fold(address)}`;
      const standing = address === null || lift.has(key) ? [] : [...known.suppressions(channel, fold(address))];
      const added = suppress.get(key);
      if (added) standing.push({ scope: 'marketing', reason: 'manual', at: added.at });
      const consent = { state: said.state, at, how: said.how, source: said.source ?? setting.source };
      const stated = stateConsent(consents[channel], { consent, renew: said.renew ?? false }, standing);
      if (stated.consent) consents = { ...consents, [channel]: stated.consent };
      effects.push(() => {
        if (stated.kept) consentsKept++;
        if (address === null) return;
        if (stated.suppression === 'add') {
          suppress.set(key, { channel, address, at: added && added.at > at ? added.at : at });
          lift.delete(key);
        }
        if (stated.suppression === 'lift') {
          lift.set(key, { channel, address, at });
          suppress.delete(key);
        }
      });
    }
    for (const effect of effects) effect();
    return ok(consents);
  }

  const outcomes = items.map((item, index): UpsertOutcome => {
    if (!item.ok) return item.error;
    const done = upsert(item.value);
    if (!done.ok) return done.error;
    done.value.rows.push(index);
    return 'unchanged';
  });

  const updates: { before: Customer; after: CustomerState }[] = [];
  const inserts: (CustomerState & { id: CustomerId })[] = [];
  for (const draft of touched) {
    const { id, before, fields, attributes, consents, rows } = draft;
    if (before === null) inserts.push({ id, fields, attributes, consents });
    else if (isChanged(before, draft)) updates.push({ before, after: { fields, attributes, consents } });
    else continue;
    rows.forEach((row, place) => {
      outcomes[row] = before === null && place === 0 ? 'created' : 'updated';
    });
  }
  return { outcomes, updates, inserts, suppress: [...suppress.values()], lift: [...lift.values()], consentsKept };
}

const newDraft = (id: CustomerId): Draft => ({
  id,
  before: null,
  fields: {
    externalId: null,
    email: null,
    phone: null,
    firstName: null,
    lastName: null,
    timeZone: null,
    locale: null,
  },
  attributes: {},
  consents: {},
  rows: [],
});
