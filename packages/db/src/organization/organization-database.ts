import type { OrganizationId } from '@mini-crm/domain';
import type { Collection } from 'mongodb';
import { attributesRepository } from '../attributes/attribute.repository.ts';
import { campaignsRepository } from '../campaigns/campaign.repository.ts';
import { runsRepository } from '../campaigns/run.repository.ts';
import type { Models } from '../models.ts';
import { type Bound, bound, type OwnedDocument } from './bound.ts';

/** All that one organization may reach: its repositories, each over collections bound to it. One line a repository. */
export function organizationDatabase(models: Models, orgId: OrganizationId) {
  const own = <T extends OwnedDocument>(model: { collection: unknown }): Bound<T> =>
    bound(model.collection as Collection<T>, orgId);
  return {
    orgId,
    attributes: attributesRepository(own(models.attributes)),
    campaigns: campaignsRepository(own(models.campaigns)),
    runs: runsRepository(own(models.runs)),
  };
}

export type OrganizationDatabase = ReturnType<typeof organizationDatabase>;
