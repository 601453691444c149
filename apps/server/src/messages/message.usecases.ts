import {
  type CampaignId,
  type Customer,
  customerName,
  type Delivery,
  type DomainError,
  err,
  type MessageFilter,
  ok,
  type Result,
  type RunContent,
} from '@mini-crm/domain';
import { openMessage, renderMessage } from '../content/render.ts';
import { readKeysetCursor, writeKeysetCursor } from '../http/keyset-cursor.ts';
import type { OrganizationContext } from '../trpc.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** A row of the log with the name of its campaign; null for one that is gone. */
export type MessageRow = Omit<Delivery, 'detail' | 'messageId' | 'runId' | 'clicks'> & {
  readonly campaignName: string | null;
};

/** Counting stops here: nobody reads further, and an exact number would cost a walk over all of them. */
export const countedMessages = 100_000;

/** A page of the communication log. */
export async function listMessages(
  ctx: OrganizationContext,
  input: { filter: MessageFilter; cursor?: string | null | undefined; limit: number },
): Outcome<{ items: MessageRow[]; nextCursor: string | null }> {
  const after = input.cursor ? readKeysetCursor(input.cursor) : null;
  if (input.cursor && !after) return err({ code: 'invalid_input', path: ['cursor'] });
  const { items, next } = await ctx.db.messageLog.list(input.filter, after, input.limit);
  const names = await ctx.db.campaigns.names([...new Set(items.flatMap(({ campaignId }) => campaignId ?? []))]);
  return ok({
    items: items.map(({ detail: _d, messageId: _m, runId: _r, clicks: _c, ...row }) => ({
      ...row,
      campaignName: (row.campaignId && names.get(row.campaignId)) ?? null,
    })),
    nextCursor: next && writeKeysetCursor(next),
  });
}

/** How many messages a filter finds, and whether there may be more than were counted. */
export async function countMessages(ctx: OrganizationContext, filter: MessageFilter) {
  const count = await ctx.db.messageLog.count(filter, countedMessages);
  return { count, more: count === countedMessages };
}

export interface MessageDetail extends Omit<Delivery, 'clicks'> {
  readonly campaignName: string | null;
  /** The customer as they are called today; null for one who was deleted. */
  readonly customer: { readonly name: string } | null;
  readonly clicks: readonly {
    readonly link: number;
    readonly url: string;
    readonly at: Date;
    readonly count: number;
  }[];
  readonly from: string | null;
}

/** One message: to whom, when, with what outcome, and what they did with it. */
export async function getMessage(ctx: OrganizationContext, { id }: { id: string }): Outcome<MessageDetail> {
  const message = await ctx.db.deliveries.get(id);
  if (!message) return err({ code: 'not_found' });
  const [run, names, customer] = await Promise.all([
    message.runId && ctx.db.runs.get(message.runId),
    ctx.db.campaigns.names(message.campaignId ? [message.campaignId] : []),
    message.customerId && ctx.db.customers.get(message.customerId),
  ]);
  const sender = run?.content.sender;
  return ok({
    ...message,
    campaignName: names.get(message.campaignId as CampaignId) ?? null,
    customer: customer && { name: customerName(customer) },
    clicks: message.clicks.map((click) => ({ ...click, url: run?.content.links[click.link] ?? '' })),
    from: sender ? `${sender.fromName} <${sender.fromEmail}>` : null,
  });
}

/** The message as its campaign wrote it, filled in with what is known of the customer today; nothing in it is tracked. */
export async function messageCopy(
  ctx: OrganizationContext,
  { id }: { id: string },
): Outcome<{ subject: string; html: string; text: string }> {
  const message = await ctx.db.deliveries.get(id);
  if (message?.kind !== 'campaign') return err({ code: 'not_found' });
  const [run, customer] = await Promise.all([ctx.db.runs.get(message.runId), ctx.db.customers.get(message.customerId)]);
  if (!run || !customer) return err({ code: 'not_found' });
  return renderCopy(ctx, run.content, customer);
}

function renderCopy(ctx: OrganizationContext, content: RunContent, customer: Customer) {
  return renderMessage(openMessage(content), {
    customer,
    organization: { name: ctx.organization.name, postalAddress: content.sender.postalAddress },
    links: null,
    unsubscribeUrl: `${ctx.deps.env.publicUrl}/#unsubscribe`,
    pixelUrl: null,
  });
}
