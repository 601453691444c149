import type { OrganizationDatabase } from '@mini-crm/db';
import type { CampaignId, Delivery, TemplateId } from '@mini-crm/domain';

/** What messages are of: the names of their campaigns and templates; null for one that is gone. */
export async function namesOf(
  db: OrganizationDatabase,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => string | null> {
  const campaignIds = [...new Set(deliveries.flatMap(({ campaignId }) => campaignId ?? []))];
  const templateIds = [...new Set(deliveries.flatMap((one) => (one.kind === 'transactional' ? one.templateId : [])))];
  const [campaigns, templates] = await Promise.all([
    campaignIds.length > 0 ? db.campaigns.names(campaignIds) : new Map<CampaignId, string>(),
    templateIds.length > 0 ? db.templates.names(templateIds) : new Map<TemplateId, string>(),
  ]);
  return (delivery) =>
    (delivery.kind === 'campaign' ? campaigns.get(delivery.campaignId) : templates.get(delivery.templateId)) ?? null;
}
