import { newId } from '@mini-crm/db';
import {
  type CampaignFault,
  type CampaignPurpose,
  type CampaignSender,
  type CustomerId,
  customerName,
  type DomainError,
  err,
  type MessageContent,
  ok,
  type Result,
  type RunContent,
  type Sender,
  senderOf,
} from '@mini-crm/domain';
import { reportOf } from '../content/check-message.ts';
import { compileMessage } from '../content/compile.ts';
import { openMessage, type RenderedMessage, renderMessage, renderPreheader } from '../content/render.ts';
import type { TemplateCustomer } from '../content/template-scope.ts';
import { sendOnce } from '../senders/send-once.ts';
import type { OrganizationContext } from '../trpc.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

// The author waits for the answer.
const testMailTimeoutMs = 15_000;

/** What a message is made of, as it stands in the editor. */
export interface MessageInput {
  readonly content: MessageContent;
  readonly purpose: CampaignPurpose;
  readonly sender: CampaignSender | null;
  /** As whom to see it; the newest customer with an address where nobody is named. */
  readonly customerId: CustomerId | null;
}

export interface Preview {
  readonly faults: readonly CampaignFault[];
  /** Null while the faults keep it from being rendered. */
  readonly message: RenderedMessage | null;
  readonly preheader: string;
  /** The plain text made from the design with its placeholders: what an author goes on from who writes it themselves. */
  readonly textSource: string;
  readonly customer: { readonly id: CustomerId | null; readonly name: string; readonly email: string | null };
}

/** The message as one customer would get it: nothing is tracked, and its unsubscribe link leads nowhere. */
export async function previewMessage(ctx: OrganizationContext, input: MessageInput): Outcome<Preview> {
  const customer = await previewCustomer(ctx, input.customerId);
  if (!customer) return err({ code: 'not_found', path: ['customerId'] });
  const sender = senderOf(input.sender, ctx.organization.sender);
  const compiled = await compileMessage(input.content, sender, input.purpose);
  const report = reportOf(input.content, compiled, await ctx.db.attributes.list());
  const who = { id: customer.id || null, name: customerName(customer), email: customer.email };
  if (!compiled.ok) return ok({ faults: compiled.faults, message: null, preheader: '', textSource: '', customer: who });
  const organization = { name: ctx.organization.name, postalAddress: sender.postalAddress };
  const textSource = textTemplate(compiled.value);
  const preheader = renderPreheader(compiled.value, { customer, organization });
  const rendered = renderMessage(openMessage(compiled.value), {
    customer,
    organization,
    links: null,
    unsubscribeUrl: `${ctx.deps.env.publicUrl}/#unsubscribe`,
    pixelUrl: null,
  });
  if (rendered.ok) return ok({ faults: report.faults, message: rendered.value, preheader, textSource, customer: who });
  const fault: CampaignFault = {
    code: 'template_faulty',
    path: ['content', 'mjml'],
    details: rendered.error.details ?? {},
  };
  return ok({ faults: [...report.faults, fault], message: null, preheader, textSource, customer: who });
}

/** Sends the message as one customer would get it to the person who asks, and to nobody else. */
export async function sendTest(
  ctx: OrganizationContext,
  input: MessageInput,
): Outcome<{ to: string; outbox: boolean }> {
  const preview = await previewMessage(ctx, input);
  if (!preview.ok) return preview;
  const { message, faults } = preview.value;
  if (!message) return err({ code: 'campaign_not_ready', details: { faults } });
  return sendToAuthor(ctx, senderOf(input.sender, ctx.organization.sender), message);
}

/** Hands a rendered message over to the person who asks. */
export async function sendToAuthor(
  ctx: OrganizationContext,
  sender: Sender,
  message: RenderedMessage,
): Outcome<{ to: string; outbox: boolean }> {
  const { database } = ctx.deps;
  if ((await database.accounts.countUse(`test-mail:${ctx.user.id}`, 3600)) > 60)
    return err({ code: 'too_many_requests' });
  if (sender.fromEmail === '') {
    const missing: CampaignFault = { code: 'from_email_missing', path: ['sender', 'fromEmail'] };
    return err({ code: 'campaign_not_ready', details: { faults: [missing] } });
  }
  const mail = {
    id: `${newId('outboxMessage')}@${sender.fromEmail.split('@').at(-1)}`,
    orgId: ctx.db.orgId,
    campaignId: null,
    customerId: null,
    from: { name: sender.fromName, address: sender.fromEmail },
    replyTo: sender.replyTo,
    to: ctx.user.email,
    subject: `[Test] ${message.subject}`,
    html: message.html,
    text: message.text,
    headers: {},
  };
  const { outcome, outbox } = await sendOnce(ctx, mail, testMailTimeoutMs);
  if (outcome.type === 'sent') return ok({ to: ctx.user.email, outbox });
  ctx.log.warn({ outcome }, 'test mail refused');
  return err({
    code: 'test_mail_refused',
    details: { detail: outcome.detail },
  });
}

/** The plain text as an author would write it: addresses of links instead of their numbers. */
export const textTemplate = ({ text, links }: Pick<RunContent, 'text' | 'links'>): string =>
  text.replace(/\{\{ links\[(\d+)\] \}\}/g, (_placeholder, index: string) => links[Number(index)] ?? '');

/** As whom a preview is shown, the newest customer where nobody is named. Where an organization has none yet, the person who asks stands in. */
export async function previewCustomer(
  ctx: OrganizationContext,
  id: CustomerId | null,
): Promise<TemplateCustomer | null> {
  if (id) return ctx.db.customers.get(id);
  const page = { conditions: {}, sort: 'createdAt', direction: 'desc', after: null, limit: 1 } as const;
  const [first] = (await ctx.db.customers.list(page)).items;
  if (first) return first;
  const [firstName, ...rest] = ctx.user.name.split(' ');
  return {
    id: '' as CustomerId,
    firstName: firstName ?? null,
    lastName: rest.join(' ') || null,
    email: ctx.user.email,
    phone: null,
    externalId: null,
    locale: null,
    timeZone: null,
    attributes: {},
  };
}
