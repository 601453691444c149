import {
  type CampaignId,
  type CustomerId,
  customerName,
  type Delivery,
  type DeliveryFields,
  type DeliveryKind,
  type DomainError,
  err,
  ok,
  type Result,
  senderOf,
  type TemplateId,
} from '@mini-crm/domain';
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
  const [content, nameOf, customer, via] = await Promise.all([
    contentOf(ctx, message),
    namesOf(ctx.db, [message]),
    customerId && ctx.db.customers.get(customerId),
    senderId && ctx.db.senders.get(senderId),
  ]);
  const { runId: _runId, ...fields } = message;
  return ok({
    ...fields,
    templateId: message.kind === 'transactional' ? message.templateId : null,
    of: nameOf(message),
    customer: customer ? { name: customerName(customer) } : null,
    clicks: message.clicks.map((click) => ({ ...click, url: content?.links[click.link] ?? '' })),
    from: content ? `${content.sender.fromName} <${content.sender.fromEmail}>` : null,
    senderName: via ? via.name : null,
  });
}

/** Who a message was from and the addresses of its links; null where its run, or the version of its template, is gone. */
async function contentOf(ctx: OrganizationContext, message: Delivery) {
  if (message.kind === 'campaign') return (await ctx.db.runs.get(message.runId))?.content ?? null;
  const version = await ctx.db.templates.version(message.templateId, message.templateVersion);
  return version && { links: version.content.links, sender: senderOf(version.sender, ctx.organization.sender) };
}
