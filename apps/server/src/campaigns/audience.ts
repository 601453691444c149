import { type OrganizationDatabase, type OrganizationDocument, type ReadLimits, withCutoffs } from '@mini-crm/db';
import {
  type Audience,
  audienceSegments,
  type CampaignFault,
  type NamedSegment,
  type ResolvedAudience,
  resolveRule,
  type SegmentId,
} from '@mini-crm/domain';
import { ruleContext } from '../segments/rule-context.ts';
import { ruleOf } from '../segments/segment-size.usecases.ts';

/** What audiences are asked of: one organization, at one instant. */
export interface AudienceContext {
  readonly db: OrganizationDatabase;
  readonly organization: Pick<OrganizationDocument, 'timeZone'>;
}

/** An audience bound to one instant, with the names that its segments have then. */
export interface BoundAudience {
  readonly resolved: ResolvedAudience;
  readonly segments: {
    readonly include: 'everyone' | readonly NamedSegment[];
    readonly exclude: readonly NamedSegment[];
  };
}

type Bound = { ok: true; value: BoundAudience } | { ok: false; faults: readonly CampaignFault[] };

/**
 * Binds an audience to `now`, with the cut-offs that its ranks have then; says which segments are gone, and which have rules that
 * no longer hold. Archived segments are out of pickers only: a campaign that uses one goes on doing so.
 */
export async function bindAudience(
  ctx: AudienceContext,
  audience: Audience,
  now: Date,
  limits: ReadLimits = {},
): Promise<Bound> {
  const { segments: stored, audience: reader } = ctx.db;
  const [found, loaded] = await Promise.all([stored.many(audienceSegments(audience)), ruleContext(ctx, now)]);
  const segments = new Map(found.map((segment) => [segment.id, segment]));
  const context = await withCutoffs(reader, found.map(ruleOf), loaded, limits);
  const faults: CampaignFault[] = [];

  const bind = (ids: readonly SegmentId[], side: 'include' | 'exclude') =>
    ids.flatMap((id, i) => {
      const path = ['audience', side, i];
      const segment = segments.get(id);
      if (!segment) {
        faults.push({ code: 'segment_missing', path });
        return [];
      }
      const rule = resolveRule(ruleOf(segment), context);
      if (rule.ok) return [{ id, name: segment.name, root: rule.value.root }];
      faults.push({ code: 'segment_faulty', path, details: { name: segment.name, fault: rule.error } });
      return [];
    });

  const included = audience.include === 'everyone' ? null : bind(audience.include, 'include');
  const excluded = bind(audience.exclude, 'exclude');
  if (faults.length > 0) return { ok: false, faults };
  const named = ({ id, name }: NamedSegment): NamedSegment => ({ id, name });
  return {
    ok: true,
    value: {
      resolved: {
        now: context.now,
        zone: context.zone,
        include: included?.map(({ root }) => root) ?? [{ type: 'everyone' }],
        exclude: excluded.map(({ root }) => root),
      },
      segments: { include: included?.map(named) ?? 'everyone', exclude: excluded.map(named) },
    },
  };
}
