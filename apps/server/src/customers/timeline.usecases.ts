import type { EventDocument } from '@mini-crm/db';
import {
  type CustomerEvent,
  type CustomerId,
  type Delivery,
  type DomainError,
  err,
  interactionTypes,
  ok,
  type Result,
  type TemplateId,
  type TimelineKind,
  timelineSources,
} from '@mini-crm/domain';
import { mergeNewest, readMergedCursor, writeMergedCursor } from '../http/merged-streams.ts';
import type { OrganizationContext } from '../trpc.ts';

/** One thing that happened: an event of the customer, or a message to them. */
export type TimelineItem =
  | ({ readonly kind: 'event'; readonly id: string; readonly source: string; readonly by: string | null } & Pick<
      CustomerEvent,
      'eventId' | 'type' | 'at' | 'currency' | 'total' | 'lines' | 'properties'
    >)
  | ({
      readonly kind: 'message';
      readonly campaignName: string | null;
      /** Of a transactional message: the template that it was made by. */
      readonly template: { readonly id: TemplateId; readonly name: string | null } | null;
    } & Pick<
      Delivery,
      | 'id'
      | 'campaignId'
      | 'channel'
      | 'address'
      | 'state'
      | 'reason'
      | 'at'
      | 'openedAt'
      | 'opens'
      | 'clickedAt'
      | 'bouncedAt'
      | 'complainedAt'
      | 'unsubscribedAt'
    >);

export interface TimelineInput {
  readonly customerId: CustomerId;
  readonly kind?: TimelineKind | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

/**
 * Orders, interactions and messages of a customer as one stream, newest first. At the same instant events come before
 * messages, and of each the greater id first.
 */
export async function customerTimeline(
  ctx: OrganizationContext,
  input: TimelineInput,
): Promise<Result<{ items: TimelineItem[]; nextCursor: string | null }, DomainError>> {
  const { customerId, kind, limit } = input;
  const after = input.cursor ? readMergedCursor(input.cursor) : null;
  if (input.cursor && !after) return err({ code: 'invalid_input', path: ['cursor'] });
  if (!(await ctx.db.customers.get(customerId))) return err({ code: 'not_found' });
  const sources = timelineSources(kind);
  const [events, messages] = await Promise.all([
    sources.events
      ? ctx.db.events.ofCustomer(customerId, { ...sources.events, after: after?.events ?? null, limit: limit + 1 })
      : [],
    sources.messages ? ctx.db.deliveries.ofCustomer(customerId, after?.messages ?? null, limit + 1) : [],
  ]);
  const merged = merge(events, messages);
  const page = merged.slice(0, limit);
  const last = merged.length > limit ? page.at(-1) : undefined;
  return ok({ items: await describe(ctx, page), nextCursor: last ? writeMergedCursor(last) : null });
}

type Entry =
  | { readonly kind: 'event'; readonly at: Date; readonly id: string; readonly event: EventDocument }
  | { readonly kind: 'message'; readonly at: Date; readonly id: string; readonly delivery: Delivery };

function merge(events: readonly EventDocument[], messages: readonly Delivery[]): Entry[] {
  return mergeNewest(
    events.map((event): Entry => ({ kind: 'event', at: event.at, id: event._id, event })),
    messages.map((delivery): Entry => ({ kind: 'message', at: delivery.at, id: delivery.id, delivery })),
  );
}

async function describe(ctx: OrganizationContext, entries: readonly Entry[]): Promise<TimelineItem[]> {
  const campaignIds = entries.flatMap((entry) => (entry.kind === 'message' ? (entry.delivery.campaignId ?? []) : []));
  const authors = entries.flatMap((entry) => (entry.kind === 'event' ? (entry.event.createdBy ?? []) : []));
  const templateIds = entries.flatMap((entry) => templateOf(entry) ?? []);
  const [campaigns, templates, users] = await Promise.all([
    ctx.db.campaigns.names([...new Set(campaignIds)]),
    ctx.db.templates.names([...new Set(templateIds)]),
    ctx.deps.database.accounts.users([...new Set(authors)]),
  ]);
  const names = new Map(users.map(({ _id, name }) => [_id, name]));
  return entries.map((entry): TimelineItem => {
    if (entry.kind === 'event') {
      const { _id, eventId, type, at, currency, total, lines = [], properties, source, createdBy } = entry.event;
      const by = (createdBy && names.get(createdBy)) ?? null;
      const isManual = (interactionTypes as readonly string[]).includes(type);
      return {
        kind: 'event',
        id: _id,
        eventId: isManual ? '' : eventId,
        type,
        at,
        currency,
        total,
        lines,
        properties,
        source,
        by,
      };
    }
    const { id, campaignId, channel, address, state, reason, at, opens } = entry.delivery;
    const templateId = templateOf(entry);
    const { openedAt, clickedAt, bouncedAt, complainedAt, unsubscribedAt } = entry.delivery;
    return {
      ...{ kind: 'message', id, campaignId, channel, address, state, reason, at, opens },
      campaignName: (campaignId && campaigns.get(campaignId)) ?? null,
      template: templateId && { id: templateId, name: templates.get(templateId) ?? null },
      ...(openedAt ? { openedAt } : {}),
      ...(clickedAt ? { clickedAt } : {}),
      ...(bouncedAt ? { bouncedAt } : {}),
      ...(complainedAt ? { complainedAt } : {}),
      ...(unsubscribedAt ? { unsubscribedAt } : {}),
    };
  });
}

const templateOf = (entry: Entry): TemplateId | null =>
  entry.kind === 'message' && entry.delivery.kind === 'transactional' ? entry.delivery.templateId : null;
