import type { EventDocument } from '@mini-crm/db';
import {
  type CustomerId,
  customerName,
  type Delivery,
  type DomainError,
  err,
  type InteractionType,
  type LogPlan,
  type MessageFilter,
  ok,
  planLog,
  type Result,
} from '@mini-crm/domain';
import {
  behindEntry,
  type MergedPosition,
  mergeNewest,
  readMergedCursor,
  writeMergedCursor,
} from '../http/merged-streams.ts';
import type { OrganizationContext } from '../trpc.ts';
import { namesOf } from './message-names.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;
type Entry =
  | { readonly kind: 'event'; readonly at: Date; readonly id: string; readonly event: EventDocument }
  | { readonly kind: 'message'; readonly at: Date; readonly id: string; readonly delivery: Delivery };

/** A message in the log, with the name of its campaign or template; null for one that is gone. */
export interface LoggedMessage
  extends Pick<
    Delivery,
    | 'id'
    | 'kind'
    | 'campaignId'
    | 'customerId'
    | 'channel'
    | 'address'
    | 'name'
    | 'state'
    | 'reason'
    | 'at'
    | 'deliveredAt'
    | 'openedAt'
    | 'opens'
    | 'clickedAt'
    | 'bouncedAt'
    | 'complainedAt'
    | 'unsubscribedAt'
  > {
  /** The campaign's name, or the template's of a transactional message. */
  readonly of: string | null;
}

/** A call, note, visit or ticket in the log. */
export interface LoggedInteraction {
  readonly kind: 'interaction';
  readonly id: string;
  readonly type: InteractionType;
  readonly at: Date;
  readonly customerId: CustomerId;
  /** As the customer is called today. */
  readonly name: string;
  readonly text: string;
  /** Who wrote it down; null where a program did. */
  readonly by: string | null;
}

export type LogItem = LoggedMessage | LoggedInteraction;

/** Counting stops here: nobody reads further, and an exact number would cost a walk over all of them. */
export const countedMessages = 10_000;

/** A page of the communication log: messages and interactions, the newest first. */
export async function listLog(
  ctx: OrganizationContext,
  input: { filter: MessageFilter; cursor?: string | null | undefined; limit: number },
): Outcome<{ items: LogItem[]; nextCursor: string | null }> {
  const after = input.cursor ? readMergedCursor(input.cursor) : null;
  if (input.cursor && !after) return err({ code: 'invalid_input', path: ['cursor'] });
  const plan = planLog(input.filter);
  if (!plan.ok) return plan;
  const found = await readPage(ctx, input.filter, plan.value, after, input.limit + 1);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1) : undefined;
  return ok({ items: await described(ctx, page), nextCursor: last ? writeMergedCursor(last) : null });
}

/** One interaction, in full. */
export async function getInteraction(ctx: OrganizationContext, { id }: { id: string }): Outcome<LoggedInteraction> {
  const event = await ctx.db.interactionLog.get(id);
  if (!event) return err({ code: 'not_found' });
  const [item] = await described(ctx, [{ kind: 'event', at: event.at, id, event }]);
  return item?.kind === 'interaction' ? ok(item) : err({ code: 'not_found' });
}

/** How many a filter finds, and whether there may be more than were counted. */
export async function countLog(
  ctx: OrganizationContext,
  filter: MessageFilter,
): Outcome<{ count: number; more: boolean }> {
  const plan = planLog(filter);
  if (!plan.ok) return plan;
  const { messages, interactions } = plan.value;
  const counts = await Promise.all([
    messages ? ctx.db.messageLog.count(filter, countedMessages) : 0,
    interactions ? ctx.db.interactionLog.count(filter, countedMessages) : 0,
  ]);
  const count = Math.min(countedMessages, counts[0] + counts[1]);
  return ok({ count, more: count === countedMessages });
}

/** All of it, page by page, for a file: memory does not grow with its length. The filter has to be one that is served. */
export async function* streamLog(
  ctx: OrganizationContext,
  filter: MessageFilter,
  plan: LogPlan,
): AsyncGenerator<{ item: LogItem; delivery: Delivery | null }> {
  const size = 1000;
  let after: MergedPosition | null = null;
  for (;;) {
    const page: Entry[] = await readPage(ctx, filter, plan, after, size);
    const items = await described(ctx, page);
    for (const [i, entry] of page.entries()) {
      const item = items[i];
      if (item) yield { item, delivery: entry.kind === 'message' ? entry.delivery : null };
    }
    const last = page.at(-1);
    if (!last || page.length < size) return;
    after = behindEntry(last);
  }
}

async function readPage(
  ctx: OrganizationContext,
  filter: MessageFilter,
  plan: LogPlan,
  after: MergedPosition | null,
  limit: number,
): Promise<Entry[]> {
  const [events, messages] = await Promise.all([
    plan.interactions ? ctx.db.interactionLog.page(filter, after?.events ?? null, limit) : [],
    plan.messages ? ctx.db.messageLog.page(filter, after?.messages ?? null, limit) : [],
  ]);
  return mergeNewest(
    events.map((event): Entry => ({ kind: 'event', at: event.at, id: event._id, event })),
    messages.map((delivery): Entry => ({ kind: 'message', at: delivery.at, id: delivery.id, delivery })),
  ).slice(0, limit);
}

async function described(ctx: OrganizationContext, entries: readonly Entry[]): Promise<LogItem[]> {
  const deliveries = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.delivery] : []));
  const events = entries.flatMap((entry) => (entry.kind === 'event' ? [entry.event] : []));
  const [nameOf, customers, users] = await Promise.all([
    namesOf(ctx.db, deliveries),
    // A page of messages alone asks for neither: each question is a way to the database and back.
    events.length > 0 ? ctx.db.customers.many([...new Set(events.map(({ customerId }) => customerId))]) : [],
    events.length > 0
      ? ctx.deps.database.accounts.users([...new Set(events.flatMap(({ createdBy }) => createdBy ?? []))])
      : [],
  ]);
  const people = new Map(customers.map((customer) => [customer.id, customerName(customer)]));
  const authors = new Map(users.map(({ _id, name }) => [_id, name]));
  return entries.map((entry): LogItem => {
    if (entry.kind === 'message') return loggedMessage(entry.delivery, nameOf(entry.delivery));
    const { _id, type, at, customerId, properties, createdBy } = entry.event;
    return {
      kind: 'interaction',
      id: _id,
      type: type as InteractionType,
      at,
      customerId,
      name: people.get(customerId) ?? '',
      text: typeof properties.text === 'string' ? properties.text : '',
      by: (createdBy && authors.get(createdBy)) ?? null,
    };
  });
}

function loggedMessage(delivery: Delivery, of: string | null): LoggedMessage {
  const { id, kind, campaignId, customerId, channel, address, name, state, reason, at, opens } = delivery;
  const { deliveredAt, openedAt, clickedAt, bouncedAt, complainedAt, unsubscribedAt } = delivery;
  return {
    ...{ id, kind, campaignId, customerId, channel, address, name, state, reason, at, opens, of },
    ...(deliveredAt ? { deliveredAt } : {}),
    ...(openedAt ? { openedAt } : {}),
    ...(clickedAt ? { clickedAt } : {}),
    ...(bouncedAt ? { bouncedAt } : {}),
    ...(complainedAt ? { complainedAt } : {}),
    ...(unsubscribedAt ? { unsubscribedAt } : {}),
  };
}
