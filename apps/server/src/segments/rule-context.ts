import type { OrganizationDatabase, OrganizationDocument } from '@mini-crm/db';
import { type FieldCatalogue, fieldCatalogue, type RuleContext, type Segment } from '@mini-crm/domain';

/** What rules are asked of: one organization. */
export interface RuleSource {
  readonly db: OrganizationDatabase;
  readonly organization: Pick<OrganizationDocument, 'timeZone'>;
}

/** All that a rule is bound to, but for the cut-offs of its ranks, which its reader answers. */
export type LoadedRuleContext = Omit<Required<RuleContext>, 'cutoffs'>;

/**
 * Loads at once everything that rules of an organization can name, and the rules of its segments, bound to `now`. For one
 * request or one launch: a later one loads anew.
 */
export async function ruleContext({ db, organization }: RuleSource, now: Date): Promise<LoadedRuleContext> {
  const segments = await db.segments.list();
  const fields = await catalogueWith(db, segments);
  return {
    now: now.getTime(),
    zone: organization.timeZone,
    fields,
    segments: new Map(segments.map((one) => [one.id, one.kind === 'static' ? null : one.rule])),
  };
}

/** Everything that rules of the organization can name, without the rules of its segments. */
export async function ruleFields(db: OrganizationDatabase): Promise<FieldCatalogue> {
  return catalogueWith(db, await db.segments.names());
}

type NamedSegment = Pick<Segment, 'id' | 'name' | 'archivedAt'>;

async function catalogueWith(db: OrganizationDatabase, segments: readonly NamedSegment[]): Promise<FieldCatalogue> {
  const [attributes, events, campaigns] = await Promise.all([
    db.attributes.list(),
    db.eventTypes.catalogue(),
    db.campaigns.launched(),
  ]);
  return fieldCatalogue({
    attributes,
    ...events,
    segments: segments.map(({ id, name, archivedAt }) => ({ id, name, ...(archivedAt ? { archived: true } : {}) })),
    campaigns,
  });
}
