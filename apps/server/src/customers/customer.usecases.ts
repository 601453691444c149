import { newId } from '@mini-crm/db';
import {
  type Channel,
  type Consent,
  type Customer,
  type CustomerFields,
  type CustomerId,
  type CustomerInput,
  changeAttributes,
  channels,
  checkIdentity,
  type DomainError,
  err,
  ok,
  type Result,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { normalizePhone } from './normalize-phone.ts';

/** A customer as the profile shows them: with the consents that were replaced, and what keeps us from writing. */
export interface CustomerProfile extends Customer {
  readonly pastConsents: readonly (Consent & { readonly channel: Channel })[];
  readonly suppressions: readonly {
    readonly channel: Channel;
    readonly scope: 'marketing' | 'all';
    readonly reason: 'unsubscribed' | 'bounced' | 'complained' | 'manual';
    readonly at: Date;
  }[];
}

/** One customer. */
export async function getCustomer(
  ctx: OrganizationContext,
  id: CustomerId,
): Promise<Result<CustomerProfile, DomainError>> {
  const customer = await ctx.db.customers.get(id);
  if (!customer) return err({ code: 'not_found' });
  const [pastConsents, ...suppressions] = await Promise.all([
    ctx.db.customers.pastConsents(id),
    ...channels.map((channel) => suppressionsOf(ctx, customer, channel)),
  ]);
  return ok({ ...customer, pastConsents, suppressions: suppressions.flat() });
}

async function suppressionsOf(ctx: OrganizationContext, customer: Customer, channel: Channel) {
  const address = addressOf(customer, channel);
  if (address === null) return [];
  const entries = await ctx.db.suppressions.ofAddress(channel, address);
  return entries.map(({ scope, reason, at }) => ({ channel, scope, reason, at }));
}

/** The address by which a channel reaches a customer. */
export const addressOf = (customer: CustomerFields, channel: Channel): string | null =>
  channel === 'email' ? customer.email : customer.phone;

/** Adds a customer. */
export async function createCustomer(
  ctx: OrganizationContext,
  input: CustomerInput,
): Promise<Result<{ id: CustomerId }, DomainError>> {
  const { attributes: given, ...rest } = input;
  const fields = checkFields(rest);
  if (!fields.ok) return fields;
  const attributes = changeAttributes({}, given, await ctx.db.attributes.list());
  if (!attributes.ok) return attributes;
  const customer = { id: newId('customer'), fields: fields.value, attributes: attributes.value, consents: {} };
  const added = await ctx.db.customers.insert(customer, ctx.deps.now());
  return added.ok ? ok({ id: added.value.id }) : added;
}

/** Saves fields and attributes of the version that the editor saw. Attributes that aren't named stay. */
export async function updateCustomer(
  ctx: OrganizationContext,
  input: CustomerInput & { readonly customerId: CustomerId; readonly version: number },
): Promise<Result<{ version: number }, DomainError>> {
  const { customerId, version, attributes: given, ...rest } = input;
  const before = await ctx.db.customers.get(customerId);
  if (!before) return err({ code: 'not_found' });
  if (before.version !== version) return err({ code: 'stale' });
  const fields = checkFields(rest);
  if (!fields.ok) return fields;
  const attributes = changeAttributes(before.attributes, given, await ctx.db.attributes.list());
  if (!attributes.ok) return attributes;
  const after = { fields: fields.value, attributes: attributes.value, consents: before.consents };
  const saved = await ctx.db.customers.replace({ before, after }, ctx.deps.now());
  return saved.ok ? ok({ version: saved.value }) : saved;
}

function checkFields(fields: CustomerFields): Result<CustomerFields, DomainError> {
  if (fields.phone === null) return checkIdentity(fields);
  const phone = normalizePhone(fields.phone);
  return phone.ok ? checkIdentity({ ...fields, phone: phone.value }) : phone;
}

/**
 * Removes a customer with their events, their places on lists and the messages that were kept of them. Rows of the
 * communication log stay without name and address, because reports count them; suppressions stay as they are: they are
 * what keeps us from writing to this person when a file brings them back.
 */
export async function removeCustomer(ctx: OrganizationContext, id: CustomerId): Promise<Result<null, DomainError>> {
  const { db } = ctx;
  const removed = await ctx.deps.database.transaction(async (session) => {
    if (!(await db.customers.remove(id, session))) return false;
    await db.events.removeOfCustomer(id, session);
    await db.segmentMembers.removeCustomer(id, session);
    await db.deliveries.forget(id, session);
    await db.transactionalMessages.forget(id, session);
    await db.outbox.removeOfCustomer(id, session);
    return true;
  });
  if (!removed) return err({ code: 'not_found' });
  // What programs stored while this went on; who stores an event looks for its customer after that.
  await db.events.removeOfCustomer(id);
  return ok(null);
}
