import type { Database } from '@mini-crm/db';
import { type MessageId, type OrganizationId, senderOf } from '@mini-crm/domain';
import type { TrackingUrls } from '../tracking/tracking-urls.ts';
import { targetOfLink } from './render-template.ts';
import { templatesInMemory } from './templates-in-memory.ts';

interface Parts {
  readonly database: Database;
  readonly urls: TrackingUrls;
}

/** Finds where the links of transactional messages lead: as they were rendered for their recipients, with the data of each. */
export function transactionalLinks({ database, urls }: Parts) {
  const templates = templatesInMemory();
  return async (orgId: OrganizationId, messageId: MessageId, link: number): Promise<string | null> => {
    const db = database.forOrganization(orgId);
    const [message, organization] = await Promise.all([
      db.transactionalMessages.get(messageId),
      database.accounts.organization(orgId),
    ]);
    if (!message || !organization) return null;
    const [template, customer] = await Promise.all([
      templates.of(db, message.templateId, message.templateVersion),
      message.customerId && db.customers.get(message.customerId),
    ]);
    if (!template) return null;
    const { postalAddress } = senderOf(template.version.sender, organization.sender);
    const { address, name } = message;
    return targetOfLink(template.open, link, {
      ...{ customer: customer ?? null, address, name, links: null, pixelUrl: null },
      data: JSON.parse(message.data) as Record<string, unknown>,
      organization: { name: organization.name, postalAddress },
      unsubscribeUrl: urls.unsubscribeUrl({ orgId, messageId }, address),
    });
  };
}
