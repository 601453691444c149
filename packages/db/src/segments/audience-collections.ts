import type { OrganizationId } from '@mini-crm/domain';
import type { Models } from '../models.ts';
import { type Bound, bound } from '../organization/bound.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import type { FactCollections } from './customer-facts.ts';

/** All that an audience is read from. */
export interface AudienceCollections extends FactCollections {
  readonly suppressions: Bound<SuppressionDocument>;
}

/** What the audiences of one organization are read from. */
export const audienceCollections = (models: Models, orgId: OrganizationId): AudienceCollections => ({
  customers: bound(models.customers.collection, orgId),
  events: bound(models.events.collection, orgId),
  deliveries: bound(models.deliveries.collection, orgId),
  segmentMembers: bound(models.segmentMembers.collection, orgId),
  suppressions: bound(models.suppressions.collection, orgId),
});
