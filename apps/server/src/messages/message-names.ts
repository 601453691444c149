import type { OrganizationDatabase } from '@mini-crm/db';
import type { Delivery } from '@mini-crm/domain';

/** What messages are of: the names of their campaigns; null for one that is gone. */
export async function namesOf(
  db: OrganizationDatabase,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => string | null> {
  const campaigns = await db.campaigns.names([...new Set(deliveries.flatMap(({ campaignId }) => campaignId ?? []))]);
  return (delivery) => (delivery.kind === 'campaign' ? (campaigns.get(delivery.campaignId) ?? null) : null);
}
