import type { OrganizationDatabase } from '@mini-crm/db';
import type { Delivery } from '@mini-crm/domain';

/** What messages are of: the names of their campaigns and templates; null for one that is gone. */
export async function namesOf(
  db: OrganizationDatabase,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => string | null> {
  const [campaigns, templates] = await Promise.all([
    db.campaigns.names([...new Set(deliveries.flatMap(({ campaignId }) => campaignId ?? []))]),
    db.templates.names([...new Set(deliveries.flatMap((one) => (one.kind === 'transactional' ? one.templateId : [])))]),
  ]);
  return (delivery) =>
    (delivery.kind === 'campaign' ? campaigns.get(delivery.campaignId) : templates.get(delivery.templateId)) ?? null;
}
