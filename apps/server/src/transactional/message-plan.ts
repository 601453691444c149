import type { MessageDocument, OrganizationDatabase, OrganizationDocument, RecipientCustomer } from '@mini-crm/db';
import {
  type CustomerId,
  decideHandOver,
  fold,
  type Outcome,
  type SkipReason,
  type SuppressionScope,
  senderOf,
  shortDetail,
  transactionalMessageId,
} from '@mini-crm/domain';
import type { ChannelMessage } from '../delivery/channels/channel.ts';
import { unsubscribeHeaders } from '../delivery/personal-message.ts';
import type { TrackingUrls } from '../tracking/tracking-urls.ts';
import { renderPatiently } from './render-template.ts';
import { recipientName } from './template-scope.ts';
import type { ReadyTemplate, TemplatesInMemory } from './templates-in-memory.ts';

/** A message in hand: what goes out, or why nothing does. */
export interface PlannedMessage {
  readonly message: MessageDocument;
  readonly name: string;
  readonly plan:
    | { readonly type: 'send'; readonly message: ChannelMessage }
    | { readonly type: 'skip'; readonly reason: SkipReason }
    | { readonly type: 'end'; readonly outcome: Outcome };
}

interface Shared {
  readonly organization: OrganizationDocument;
  readonly urls: TrackingUrls;
  readonly oneClick: boolean;
}

/** Looks at each recipient once more, as they are now, and renders the messages of those who get one. */
export async function planMessages(
  db: OrganizationDatabase,
  shared: Shared,
  templates: TemplatesInMemory,
  messages: readonly MessageDocument[],
): Promise<PlannedMessage[]> {
  const ids = messages.flatMap(({ customerId }) => customerId ?? []);
  const [customers, suppressed, ready] = await Promise.all([
    ids.length > 0 ? db.recipients.of(ids) : new Map<CustomerId, RecipientCustomer>(),
    db.suppressions.of(
      'email',
      messages.flatMap(({ address }) => (address === '' ? [] : fold(address))),
    ),
    Promise.all(messages.map((one) => templates.of(db, one.templateId, one.templateVersion))),
  ]);
  return messages.map((message, i) => {
    const customer = message.customerId === null ? null : (customers.get(message.customerId) ?? null);
    return planned(shared, message, customer, suppressed.get(fold(message.address)), ready[i] ?? null);
  });
}

function planned(
  shared: Shared,
  message: MessageDocument,
  customer: RecipientCustomer | null,
  suppression: SuppressionScope | undefined,
  template: ReadyTemplate | null,
): PlannedMessage {
  const { address, purpose } = message;
  const who = { message, name: recipientName(customer, message.name) };
  const failed = (detail: string | null): PlannedMessage => ({
    ...who,
    plan: { type: 'end', outcome: { type: 'failed', reason: 'rendering_failed', detail: shortDetail(detail) } },
  });
  // It goes where it was asked to go, also where the customer has another address by now. A stranger has allowed nothing.
  const gone = message.customerId !== null && customer === null;
  const recipient = gone ? null : { email: address, phone: null, consents: customer?.consents ?? {} };
  const decision = decideHandOver(recipient, suppression, purpose, 'email');
  if (decision.type === 'skip') return { ...who, plan: { type: 'skip', reason: decision.reason } };
  if (decision.type === 'fail') {
    return { ...who, plan: { type: 'end', outcome: { type: 'failed', reason: decision.reason, detail: null } } };
  }
  if (!template) return failed('its template is gone');
  const made = channelMessage(shared, message, customer, template);
  return typeof made === 'string' ? failed(made) : { ...who, plan: { type: 'send', message: made } };
}

/** The message as it goes out, or the words of what is wrong with it. */
function channelMessage(
  { organization, urls, oneClick }: Shared,
  message: MessageDocument,
  customer: RecipientCustomer | null,
  { version, open }: ReadyTemplate,
): ChannelMessage | string {
  const { _id: id, orgId, address, name, customerId } = message;
  const sender = senderOf(version.sender, organization.sender);
  if (sender.fromEmail === '') return 'there is no address to send from';
  const tracked = { orgId, messageId: id };
  const unsubscribeUrl = urls.unsubscribeUrl(tracked, address);
  const facts = {
    customer,
    address,
    name,
    data: JSON.parse(message.data) as Record<string, unknown>,
    organization: { name: organization.name, postalAddress: sender.postalAddress },
    links: version.tracked ? (link: number) => urls.clickUrl(tracked, link) : null,
    unsubscribeUrl,
    pixelUrl: version.tracked ? urls.openUrl(tracked) : null,
  };
  const rendered = renderPatiently(open, facts);
  if (!rendered.ok) {
    const { variable, message: words } = rendered.error.details ?? {};
    return variable === undefined ? String(words ?? rendered.error.code) : `${String(variable)} is missing`;
  }
  return {
    id: transactionalMessageId(id, sender.fromEmail),
    orgId,
    campaignId: null,
    customerId,
    from: { name: sender.fromName, address: sender.fromEmail },
    replyTo: message.replyTo ?? sender.replyTo,
    to: address,
    ...rendered.value,
    headers: version.purpose === 'marketing' ? unsubscribeHeaders(unsubscribeUrl, oneClick) : {},
  };
}
