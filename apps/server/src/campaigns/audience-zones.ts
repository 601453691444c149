import type { ReadLimits } from '@mini-crm/db';
import { type CampaignPurpose, zoneOf } from '@mini-crm/domain';
import type { AudienceContext, BoundAudience } from './audience.ts';

/** How many of an audience live in a zone. */
export interface ZoneCount {
  readonly zone: string;
  readonly count: number;
}

/** Where an audience lives: every zone once, in the order of their names. */
export interface AudienceZones {
  readonly zones: readonly ZoneCount[];
  /** How many of them are in the organization's zone because nobody knows theirs. */
  readonly unknown: number;
}

/** In which zones those live who would get a message now. */
export async function audienceZones(
  { db, organization }: AudienceContext,
  { resolved }: BoundAudience,
  purpose: CampaignPurpose,
  limits: ReadLimits = {},
): Promise<AudienceZones> {
  const stored = await db.reach.zones(resolved, 'email', purpose, limits);
  const counts = new Map<string, number>();
  let unknown = 0;
  for (const [own, count] of stored) {
    const zone = zoneOf(own, organization.timeZone);
    if (zone !== own) unknown += count;
    counts.set(zone, (counts.get(zone) ?? 0) + count);
  }
  const zones = [...counts].map(([zone, count]) => ({ zone, count })).sort((a, b) => (a.zone < b.zone ? -1 : 1));
  return { zones, unknown };
}
