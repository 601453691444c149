import { bindRule, type Database } from '@mini-crm/db';
import { fieldCatalogue, type OrganizationId, type RuleNode } from '@mini-crm/domain';
import { shopAttributes, shopEventTypes, shopProperties } from './made-up-shop.ts';

/** How many people fulfil a rule by MongoDB's word alone. */
export async function countInMongo(database: Database, orgId: OrganizationId, root: RuleNode): Promise<number> {
  const { audience } = database.forOrganization(orgId);
  const fields = fieldCatalogue({ attributes: shopAttributes, eventTypes: shopEventTypes, properties: shopProperties });
  const bound = await bindRule(audience, { version: 1, root }, { now: Date.now(), zone: 'UTC', fields });
  if (!bound.ok) throw new Error(JSON.stringify(bound.error));
  return audience.count(bound.value);
}
