import {
  type CampaignFault,
  type CustomerId,
  customerName,
  type DomainError,
  err,
  ok,
  type Result,
  senderOf,
  type TemplateDraft,
} from '@mini-crm/domain';
import { previewCustomer, sendToAuthor, textTemplate } from '../campaigns/campaign-message.usecases.ts';
import type { RenderedMessage } from '../content/render.ts';
import type { OrganizationContext } from '../trpc.ts';
import { isPublishable, type TemplateField, templateReport } from './template-report.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** A draft as it stands in the editor, and as whom to see it. */
export interface PreviewInput {
  readonly draft: TemplateDraft;
  /** The newest customer with an address where nobody is named. */
  readonly customerId: CustomerId | null;
}

export interface TemplatePreview {
  readonly faults: readonly CampaignFault[];
  readonly message: RenderedMessage | null;
  readonly preheader: string;
  /** The plain text made from the design with its placeholders. */
  readonly textSource: string;
  /** What programs have to send. */
  readonly fields: readonly TemplateField[];
  readonly publishable: boolean;
  readonly customer: { readonly id: CustomerId | null; readonly name: string; readonly email: string | null };
}

/** The message with the sample's data as one customer would get it; nothing in it is tracked. */
export async function previewTemplate(
  ctx: OrganizationContext,
  { draft, customerId }: PreviewInput,
): Outcome<TemplatePreview> {
  const customer = await previewCustomer(ctx, customerId);
  if (!customer) return err({ code: 'not_found', path: ['customerId'] });
  const report = await templateReport(draft, {
    sender: senderOf(draft.sender, ctx.organization.sender),
    organizationName: ctx.organization.name,
    attributes: await ctx.db.attributes.list(),
    customer,
    address: customer.email ?? ctx.user.email,
    unsubscribeUrl: `${ctx.deps.env.publicUrl}/#unsubscribe`,
  });
  const { faults, compiled, fields, message, preheader } = report;
  return ok({
    faults,
    message,
    preheader,
    textSource: compiled.ok ? textTemplate(compiled.value) : '',
    fields,
    publishable: isPublishable(report),
    customer: { id: customer.id || null, name: customerName(customer), email: customer.email },
  });
}

/** Sends the message with the sample's data to the person who asks, and to nobody else. */
export async function sendTemplateTest(
  ctx: OrganizationContext,
  input: PreviewInput,
): Outcome<{ to: string; outbox: boolean }> {
  const preview = await previewTemplate(ctx, input);
  if (!preview.ok) return preview;
  const { message, faults } = preview.value;
  if (!message) return err({ code: 'template_not_ready', details: { faults } });
  return sendToAuthor(ctx, senderOf(input.draft.sender, ctx.organization.sender), message);
}
