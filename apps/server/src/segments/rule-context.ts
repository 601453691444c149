import type { OrganizationDatabase, OrganizationDocument } from '@mini-crm/db';
import {
  campaignsNamed,
  type FieldCatalogue,
  fieldCatalogue,
  type Rule,
  type RuleContext,
  rulesNamed,
  type Segment,
} from '@mini-crm/domain';

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
  const [segments, named] = await Promise.all([db.segments.list(), namedBesideSegments(db)]);
  return {
    now: now.getTime(),
    zone: organization.timeZone,
    fields: fieldCatalogue({ ...named, segments: segments.map(nameOf) }),
    segments: new Map(segments.map((one) => [one.id, one.kind === 'static' ? null : one.rule])),
  };
}

/**
 * The same for one rule alone: segments are only loaded where it names any, and campaigns where it names any, as a size is asked at
 * every keystroke.
 */
export async function ruleContextFor(source: RuleSource, now: Date, rule: Rule): Promise<LoadedRuleContext> {
  if (rulesNamed(rule).length > 0) return ruleContext(source, now);
  const { db } = source;
  const [attributes, events, campaigns] = await Promise.all([
    db.attributes.list(),
    db.eventTypes.catalogue(),
    campaignsNamed(rule).length > 0 ? db.campaigns.launched() : [],
  ]);
  const fields = fieldCatalogue({ attributes, ...events, campaigns });
  return { now: now.getTime(), zone: source.organization.timeZone, fields, segments: new Map() };
}

/** Everything that rules of the organization can name, without the rules of its segments. */
export async function ruleFields(db: OrganizationDatabase): Promise<FieldCatalogue> {
  const [segments, named] = await Promise.all([db.segments.names(), namedBesideSegments(db)]);
  return fieldCatalogue({ ...named, segments: segments.map(nameOf) });
}

const nameOf = ({ id, name, archivedAt }: Pick<Segment, 'id' | 'name' | 'archivedAt'>) => ({
  id,
  name,
  ...(archivedAt ? { archived: true as const } : {}),
});

async function namedBesideSegments(db: OrganizationDatabase) {
  const [attributes, events, campaigns] = await Promise.all([
    db.attributes.list(),
    db.eventTypes.catalogue(),
    db.campaigns.launched(),
  ]);
  return { attributes, ...events, campaigns };
}
