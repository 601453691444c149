import { newId } from '@mini-crm/db';
import {
  type CustomerId,
  catalogueReader,
  type DomainError,
  err,
  type InteractionType,
  ok,
  type Result,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

export interface LogInteractionInput {
  readonly customerId: CustomerId;
  readonly type: InteractionType;
  readonly at: string;
  readonly text: string;
}

/** Writes down a call, a note, a visit or a ticket, as an event of the customer. It can't be in the future. */
export async function logInteraction(
  ctx: OrganizationContext,
  { customerId, type, at, text }: LogInteractionInput,
): Promise<Result<{ eventId: string }, DomainError>> {
  const now = ctx.deps.now();
  if (new Date(at) > now) return err({ code: 'invalid_input', path: ['at'] });
  if (!(await ctx.db.customers.get(customerId))) return err({ code: 'not_found' });
  const event = {
    eventId: newId('event'),
    customerId,
    type,
    at: new Date(at),
    currency: null,
    total: null,
    lines: [],
    properties: { text },
  };
  await ctx.db.eventTypes.change((held) => {
    const reader = catalogueReader(held, { now });
    reader.read(type, event.properties);
    return { next: reader.changed(), answer: null };
  });
  await ctx.db.events.insertMany([event], { source: 'user', now, createdBy: ctx.user.id });
  return ok({ eventId: event.eventId });
}
