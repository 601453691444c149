import {
  type CampaignId,
  type Customer,
  type CustomerId,
  customerName,
  type DeliveryFields,
  type DeliveryKind,
  type DomainError,
  err,
  ok,
  type Result,
  type RunContent,
  type TemplateId,
} from '@mini-crm/domain';
import { openMessage, renderMessage } from '../content/render.ts';
import type { OrganizationContext } from '../trpc.ts';
import { namesOf } from './message-names.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** One message as the log shows it by itself. */
export interface MessageDetail extends Omit<DeliveryFields, 'clicks'> {
  readonly id: string;
  readonly kind: DeliveryKind;
  readonly campaignId: CampaignId | null;
  readonly templateId: TemplateId | null;
  readonly customerId: CustomerId | null;
  /** The campaign's name, or the template's of a transactional message; null for one that is gone. */
  readonly of: string | null;
  /** The customer as they are called today; null for one who was deleted, and where there was none. */
  readonly customer: { readonly name: string } | null;
  readonly clicks: readonly {
    readonly link: number;
    readonly url: string;
    readonly at: Date;
    readonly count: number;
  }[];
  readonly from: string | null;
  /** The name of the organization's own sender that it went by; null where it went by the installation's, or the sender is gone. */
  readonly senderName: string | null;
}

/** One message: to whom, when, with what outcome, and what they did with it. */
export async function getMessage(ctx: OrganizationContext, { id }: { id: string }): Outcome<MessageDetail> {
  const message = await ctx.db.deliveries.get(id);
  if (!message) return err({ code: 'not_found' });
  const { customerId, senderId } = message;
  const [run, nameOf, customer, via] = await Promise.all([
    message.runId && ctx.db.runs.get(message.runId),
    namesOf(ctx.db, [message]),
    customerId && ctx.db.customers.get(customerId),
    senderId && ctx.db.senders.get(senderId),
  ]);
  const sender = run?.content.sender;
  const { runId: _runId, ...fields } = message;
  return ok({
    ...fields,
    templateId: message.kind === 'transactional' ? message.templateId : null,
    of: nameOf(message),
    customer: customer ? { name: customerName(customer) } : null,
    clicks: message.clicks.map((click) => ({ ...click, url: run?.content.links[click.link] ?? '' })),
    from: sender ? `${sender.fromName} <${sender.fromEmail}>` : null,
    senderName: via ? via.name : null,
  });
}

/** The message as its campaign wrote it, filled in with what is known of the customer today; nothing in it is tracked. */
export async function messageCopy(
  ctx: OrganizationContext,
  { id }: { id: string },
): Outcome<{ subject: string; html: string; text: string }> {
  const message = await ctx.db.deliveries.get(id);
  if (message?.kind !== 'campaign') return err({ code: 'not_found' });
  if (message.kind !== 'campaign') return err({ code: 'not_found' });
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
