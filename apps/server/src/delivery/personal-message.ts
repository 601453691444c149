import type { OrganizationId } from '@mini-crm/domain';
import { messageId, type Outcome, type Run, type RunState, shortDetail } from '@mini-crm/domain';
import {
  type OpenMessage,
  type Recipient,
  type RenderedMessage,
  renderEncoded,
  renderMessage,
} from '../content/render.ts';
import type { TemplateCustomer } from '../content/template-scope.ts';
import type { TrackingUrls } from '../tracking/tracking-urls.ts';
import type { ChannelMessage } from './channels/channel.ts';

/** What all messages of a run share. */
export interface RunMessages {
  readonly orgId: OrganizationId;
  readonly organizationName: string;
  readonly run: Pick<Run, 'id' | 'campaignId' | 'content'>;
  readonly template: OpenMessage;
  readonly urls: TrackingUrls;
  /** The run's state a moment ago: asked before every group, of all pages together. */
  readonly state: () => Promise<RunState | null>;
  /** Notes that messages go out again. */
  readonly clearTrouble: () => Promise<void>;
  /** Whether mail programs may unsubscribe by themselves: RFC 8058 asks for https. */
  readonly oneClick: boolean;
}

/** The message of one customer, or why this one can't be made. */
export function personalMessage(
  shared: RunMessages,
  customer: TemplateCustomer,
  address: string,
): ChannelMessage | Outcome {
  const { orgId, run, template, urls, oneClick } = shared;
  const { sender, purpose } = run.content;
  const message = { orgId, runId: run.id, customerId: customer.id };
  const links = urls.of(message, address);
  const recipient: Recipient = {
    customer,
    organization: { name: shared.organizationName, postalAddress: sender.postalAddress },
    links: links.click,
    unsubscribeUrl: links.unsubscribe,
    pixelUrl: links.open,
  };
  const envelope = {
    id: messageId(run.id, customer.id, sender.fromEmail),
    orgId,
    campaignId: run.campaignId,
    customerId: customer.id,
    from: { name: sender.fromName, address: sender.fromEmail },
    replyTo: sender.replyTo,
    to: address,
    headers: purpose === 'marketing' ? unsubscribeHeaders(links.unsubscribe, oneClick) : {},
  };
  const encoded = renderEncoded(template, recipient);
  if (encoded)
    return Object.assign(bodiesWhenAsked(template, recipient), envelope, { subject: encoded.subject, encoded });
  let rendered = renderMessage(template, recipient);
  // A template's time is measured by the clock on the wall: a machine that halts for a moment is not the template's fault.
  for (let again = 0; !rendered.ok && again < 2; again++) rendered = renderMessage(template, recipient);
  if (rendered.ok) return { ...envelope, ...rendered.value };
  const words = rendered.error.details?.message;
  return { type: 'failed', reason: 'rendering_failed', detail: shortDetail(typeof words === 'string' ? words : '') };
}

/** Bodies as they are, for channels that don't take encoded ones. */
function bodiesWhenAsked(template: OpenMessage, recipient: Recipient): Pick<ChannelMessage, 'html' | 'text'> {
  let made: RenderedMessage | undefined;
  const bodies = () => {
    if (made) return made;
    const rendered = renderMessage(template, recipient);
    if (!rendered.ok) throw new Error('a message that was rendered before can not be rendered');
    made = rendered.value;
    return made;
  };
  return {
    get html() {
      return bodies().html;
    },
    get text() {
      return bodies().text;
    },
  };
}

/** RFC 2369 for every mail program; RFC 8058 beside it lets the program unsubscribe with one click. */
export function unsubscribeHeaders(url: string, oneClick: boolean): Record<string, string> {
  return {
    'List-Unsubscribe': `<${url}>`,
    ...(oneClick ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
}
