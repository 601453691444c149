import type { Database } from '@mini-crm/db';
import { idPrefixes, type OrganizationId, type Outcome } from '@mini-crm/domain';
import type { ChannelMessage, DeliveryChannel } from './channel.ts';

/** Keeps messages in the organization's own inbox, where no SMTP server is configured. Idempotent: a message is kept by its id. */
export function outboxChannel(database: Database, now: () => Date): DeliveryChannel {
  return {
    name: 'outbox',
    capabilities: { batchSize: 50, idempotent: true, reports: [] },
    async send(batch) {
      const byOrganization = new Map<OrganizationId, ChannelMessage[]>();
      for (const message of batch) {
        byOrganization.set(message.orgId, [...(byOrganization.get(message.orgId) ?? []), message]);
      }
      for (const [orgId, messages] of byOrganization) {
        await database.forOrganization(orgId).outbox.keep(messages.map((message) => outboxMessage(message, now())));
      }
      return batch.map((): Outcome => ({ type: 'sent', detail: null }));
    },
    close: async () => undefined,
  };
}

/** A message as the inbox keeps it. */
export function outboxMessage(message: ChannelMessage, at: Date) {
  const { id, from, replyTo, to, subject, html, text, headers, campaignId, customerId } = message;
  return {
    _id: id,
    kind: kindOf(message),
    to,
    from: from.name ? `${from.name} <${from.address}>` : from.address,
    replyTo,
    subject,
    html,
    text,
    headers: { ...headers },
    at,
    ...(campaignId ? { campaignId } : {}),
    ...(customerId ? { customerId } : {}),
  };
}

function kindOf({ id, campaignId }: ChannelMessage): 'campaign' | 'transactional' | 'test' {
  if (campaignId) return 'campaign';
  return id.startsWith(`${idPrefixes.message}_`) ? 'transactional' : 'test';
}
