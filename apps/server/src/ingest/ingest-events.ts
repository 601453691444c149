import { type EventOutcome, newId } from '@mini-crm/db';
import {
  type CustomerEvent,
  type CustomerReference,
  catalogueReader,
  customerResolver,
  type EventItem,
  err,
  eventItemSchema,
  type ItemFault,
  interactionTypes,
  moneyEventTypes,
  type OrderItem,
  ok,
  orderItemSchema,
  type ReferredCustomer,
  type RefundItem,
  type Result,
  refundItemSchema,
} from '@mini-crm/domain';
import type { IngestContext } from './ingest-context.ts';
import { type RefusedItem, readItems, refusedItem } from './read-items.ts';
import { untilWritten } from './until-written.ts';

export interface EventsAnswer {
  readonly received: number;
  readonly stored: number;
  /** Items that are there already, with the same content. */
  readonly duplicates: number;
  readonly customersCreated: number;
  readonly refused: RefusedItem[];
}

/** An event as it was sent, before its customer is known and its properties are typed. */
interface Incoming {
  readonly customer: CustomerReference;
  readonly properties: unknown;
  readonly event: Omit<CustomerEvent, 'customerId' | 'properties'>;
}

/** Stores orders. */
export const ingestOrders = (ctx: IngestContext, items: readonly unknown[]) =>
  ingest(ctx, items, orderItemSchema, toOrder);

/** Stores refunds; what went back counts negative. */
export const ingestRefunds = (ctx: IngestContext, items: readonly unknown[]) =>
  ingest(ctx, items, refundItemSchema, toRefund);

/** Stores events of the organization's own types, and interactions. */
export const ingestEvents = (ctx: IngestContext, items: readonly unknown[]) =>
  ingest(ctx, items, eventItemSchema, toEvent);

// The ids of orders and refunds are those that an import gives them, so that both mean the same one.
const toOrder = ({
  id,
  at,
  customer,
  currency,
  total,
  lines,
  properties = {},
}: OrderItem): Result<Incoming, ItemFault> =>
  ok({
    customer,
    properties,
    event: { eventId: id, type: 'order', at: new Date(at), currency, total, lines: toLines(lines) },
  });

const toRefund = (item: RefundItem): Result<Incoming, ItemFault> => {
  const { id, at, customer, currency, amount, lines, properties = {} } = item;
  const total = amount === 0 ? 0 : -amount;
  return ok({
    customer,
    properties,
    event: { eventId: `refund:${id}`, type: 'refund', at: new Date(at), currency, total, lines: toLines(lines) },
  });
};

function toEvent({ id, type, at, customer, properties = {} }: EventItem): Result<Incoming, ItemFault> {
  if ((moneyEventTypes as readonly string[]).includes(type))
    return err({ code: 'event_type_reserved', path: ['type'] });
  if ((interactionTypes as readonly string[]).includes(type)) {
    const text = typeof properties === 'object' && properties !== null ? (properties as { text?: unknown }).text : null;
    if (typeof text !== 'string' || text.trim() === '')
      return err({ code: 'text_missing', path: ['properties', 'text'] });
  }
  const eventId = `event:${id}`;
  return ok({
    customer,
    properties,
    event: { eventId, type, at: new Date(at), currency: null, total: null, lines: [] },
  });
}

const toLines = (lines: OrderItem['lines'] = []): CustomerEvent['lines'] =>
  lines.map(({ productId = null, name = null, category = null, quantity, price = null }) => ({
    productId,
    name,
    category,
    quantity,
    price,
  }));

const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(2200, 0, 1);

async function ingest<T>(
  ctx: IngestContext,
  items: readonly unknown[],
  schema: Parameters<typeof readItems<T>>[1],
  read: (item: T) => Result<Incoming, ItemFault>,
): Promise<EventsAnswer> {
  const { db, deps, organization } = ctx;
  const now = deps.now();
  const incoming = readItems(items, schema).map((item): Result<Incoming, ItemFault> => {
    const event = item.ok ? read(item.value) : item;
    if (!event.ok) return event;
    const at = event.value.event.at.getTime();
    return at >= earliest && at < latest ? event : err({ code: 'at_out_of_range', path: ['at'] });
  });

  let created = 0;
  const events = await untilWritten(db.orgId, async () => {
    const plan = await decide(ctx, incoming, now);
    if (!(await writeCustomers(ctx, plan.inserts, plan.fills, now))) return null;
    created += plan.inserts.length;
    // Types stand before the first event that has them; a rule never meets one that it can't read.
    if (plan.catalogue && !(await db.eventTypes.replace(plan.version, plan.catalogue))) return null;
    return plan.events;
  });

  const list = events.flatMap((event) => (event.ok ? [event.value] : []));
  const origin = { source: 'api', now, ...(ctx.createdBy ? { createdBy: ctx.createdBy } : {}) };
  const outcomes = await db.events.insertMany(list, origin);
  const gone = await removeEventsOfNobody(ctx, list);
  // Of those that were there already, too: the request that stored them may have ended before it came to this.
  const sums = list.filter(({ total }, index) => total !== null && outcomes[index] !== 'clash');
  if (sums.length > 0) {
    await db.recomputeRollups(
      sums.map(({ customerId }) => customerId),
      organization.currency,
    );
  }

  const answer = { received: items.length, stored: 0, duplicates: 0, customersCreated: created };
  const refused: RefusedItem[] = [];
  let place = 0;
  events.forEach((event, index) => {
    const outcome = event.ok ? outcomes[place++] : null;
    const fault = event.ok ? storedFault(outcome, gone.has(event.value.customerId)) : event.error;
    if (fault) refused.push(refusedItem(items, index, fault));
    else if (outcome === 'same') answer.duplicates++;
    else answer.stored++;
  });
  return { ...answer, refused };
}

const conflict: ItemFault = { code: 'event_conflict', path: ['id'] };

function storedFault(outcome: EventOutcome | null | undefined, isGone: boolean): ItemFault | null {
  if (outcome === 'clash') return conflict;
  return isGone ? { code: 'customer_unknown', path: ['customer'] } : null;
}

/**
 * Removes what was stored for customers who were removed at that moment, and answers who they are. It looks after the
 * events are there, and who removes a customer removes their events once more after that: so one of the two sees the other.
 */
async function removeEventsOfNobody({ db }: IngestContext, list: readonly CustomerEvent[]) {
  const gone = await db.customers.missing(list.map(({ customerId }) => customerId));
  for (const customerId of gone) await db.events.removeOfCustomer(customerId);
  return gone;
}

/** Decides a batch. An event that is there already creates nobody: what is new then is who it is said to be of. */
async function decide(ctx: IngestContext, incoming: readonly Result<Incoming, ItemFault>[], now: Date) {
  const plan = await planEvents(ctx, incoming, now);
  const created = new Set(plan.inserts.map(({ id }) => id));
  const ofThem = plan.events.flatMap((event) => (event.ok && created.has(event.value.customerId) ? [event.value] : []));
  const stored = await ctx.db.events.stored(ofThem.map(({ eventId }) => eventId));
  if (stored.size === 0) return plan;
  const rest = incoming.map((item) => (item.ok && stored.has(item.value.event.eventId) ? err(conflict) : item));
  return planEvents(ctx, rest, now);
}

/** Asks what is stored, finds each event's customer and types its properties. */
async function planEvents({ db }: IngestContext, incoming: readonly Result<Incoming, ItemFault>[], now: Date) {
  const references = incoming.flatMap((item) => (item.ok ? [item.value.customer] : []));
  const [known, { version, ...held }] = await Promise.all([db.ingest.referred(references), db.eventTypes.get()]);
  const resolver = customerResolver(known, () => newId('customer'));
  const reader = catalogueReader(held, { now });
  const events = incoming.map((item): Result<CustomerEvent, ItemFault> => {
    if (!item.ok) return item;
    const { customer, properties, event } = item.value;
    const resolved = resolver.resolve(customer);
    if (!resolved.ok) return resolved;
    const typed = reader.read(event.type, properties);
    if (!typed.ok) return typed;
    resolved.value.take();
    return ok({ ...event, customerId: resolved.value.id, properties: typed.value });
  });
  return { events, version, catalogue: reader.changed(), ...resolver.changes() };
}

/** Creates the customers that nobody knew, and fills in what references say and a customer lacks. */
async function writeCustomers(
  { db }: IngestContext,
  inserts: readonly ReferredCustomer[],
  fills: readonly ReferredCustomer[],
  now: Date,
): Promise<boolean> {
  if (inserts.length === 0 && fills.length === 0) return true;
  const stored = fills.length > 0 ? await db.customers.many(fills.map(({ id }) => id)) : [];
  if (stored.length !== fills.length) return false;
  const updates = stored.map((before) => {
    const { externalId = null, email = null } = fills.find(({ id }) => id === before.id) ?? {};
    const { phone, firstName, lastName, timeZone, locale, attributes, consents } = before;
    const fields = {
      externalId: before.externalId ?? externalId,
      email: before.email ?? email,
      ...{ phone, firstName, lastName, timeZone, locale },
    };
    return { before, after: { fields, attributes, consents } };
  });
  const unnamed = { phone: null, firstName: null, lastName: null, timeZone: null, locale: null };
  const added = inserts.map(({ id, externalId, email }) => ({
    id,
    fields: { externalId, email, ...unnamed },
    attributes: {},
    consents: {},
  }));
  return db.ingest.writeCustomers({ updates, inserts: added }, now);
}
