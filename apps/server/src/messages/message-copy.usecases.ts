import {
  type CampaignDelivery,
  type DomainError,
  err,
  type Result,
  senderOf,
  type TransactionalDelivery,
} from '@mini-crm/domain';
import { openMessage, type RenderedMessage, renderMessage } from '../content/render.ts';
import { openTemplate } from '../transactional/open-template.ts';
import { renderTemplate } from '../transactional/render-template.ts';
import type { OrganizationContext } from '../trpc.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/**
 * A message as its reader saw it, nothing in it tracked: a campaign's filled in with what is known of the customer today, a
 * transactional one with the data that its program sent. `not_found` once what it was made of is gone.
 */
export async function messageCopy(ctx: OrganizationContext, { id }: { id: string }): Outcome<RenderedMessage> {
  const message = await ctx.db.deliveries.get(id);
  if (!message) return err({ code: 'not_found' });
  return message.kind === 'campaign' ? campaignCopy(ctx, message) : transactionalCopy(ctx, message);
}

const unsubscribeUrlOf = (ctx: OrganizationContext) => `${ctx.deps.env.publicUrl}/#unsubscribe`;

async function campaignCopy(ctx: OrganizationContext, message: CampaignDelivery): Outcome<RenderedMessage> {
  const [run, customer] = await Promise.all([ctx.db.runs.get(message.runId), ctx.db.customers.get(message.customerId)]);
  if (!run || !customer) return err({ code: 'not_found' });
  return renderMessage(openMessage(run.content), {
    customer,
    organization: { name: ctx.organization.name, postalAddress: run.content.sender.postalAddress },
    links: null,
    unsubscribeUrl: unsubscribeUrlOf(ctx),
    pixelUrl: null,
  });
}

async function transactionalCopy(ctx: OrganizationContext, message: TransactionalDelivery): Outcome<RenderedMessage> {
  const { id, templateId, templateVersion, customerId } = message;
  const [asked, version, customer] = await Promise.all([
    ctx.db.transactionalMessages.get(id),
    ctx.db.templates.version(templateId, templateVersion),
    customerId && ctx.db.customers.get(customerId),
  ]);
  if (!asked || !version) return err({ code: 'not_found' });
  const { postalAddress } = senderOf(version.sender, ctx.organization.sender);
  return renderTemplate(openTemplate(version.content), {
    customer: customer || null,
    address: asked.address,
    name: asked.name,
    data: JSON.parse(asked.data) as Record<string, unknown>,
    organization: { name: ctx.organization.name, postalAddress },
    links: null,
    unsubscribeUrl: unsubscribeUrlOf(ctx),
    pixelUrl: null,
  });
}
