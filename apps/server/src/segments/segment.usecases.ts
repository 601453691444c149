import { newId } from '@mini-crm/db';
import {
  checkRule,
  copyName,
  type DomainError,
  describeRule,
  err,
  type FieldCatalogue,
  ok,
  type Result,
  type Rule,
  type RuleFault,
  rulesNamed,
  type Segment,
  type SegmentFields,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { startSnapshot } from './list.usecases.ts';
import { inInput, readRule } from './read-rule.ts';
import { ruleContext, ruleFields } from './rule-context.ts';
import { recountToday } from './segment-history.usecases.ts';
import { checkSegmentLimit } from './segment-limit.ts';
import { needsOfSegment } from './segment-uses.usecases.ts';

/** A segment with its rule in words; null for a list. */
export type SegmentView = Segment & { readonly sentence: string | null };

/** A segment of the list: by how many campaigns and other segments it is used. */
export type ListedSegment = SegmentView & { readonly uses: { readonly campaigns: number; readonly segments: number } };

/** A segment as somebody wrote it: the rule is not read yet. */
export type SegmentInput = SegmentFields & { readonly rule?: unknown };

type Outcome<T> = Promise<Result<T, DomainError>>;

const viewOf = (segment: Segment, fields: FieldCatalogue): SegmentView => ({
  ...segment,
  sentence: segment.kind === 'static' ? null : describeRule(segment.rule, fields),
});

/** All segments, last edited first; archived ones only where they are asked for. */
export async function listSegments(ctx: OrganizationContext, withArchived: boolean): Promise<ListedSegment[]> {
  const [segments, fields, campaigns] = await Promise.all([
    ctx.db.segments.listWithUnfinished(),
    ruleFields(ctx.db),
    ctx.db.campaigns.countBySegment(),
  ]);
  const named = segments.flatMap((segment) => (segment.kind === 'dynamic' ? rulesNamed(segment.rule) : []));
  return segments
    .filter(({ archivedAt }) => withArchived || archivedAt === null)
    .map((segment) => ({
      ...viewOf(segment, fields),
      uses: {
        campaigns: campaigns.get(segment.id) ?? 0,
        segments: named.filter((id) => id === segment.id).length,
      },
    }));
}

/** One segment. */
export async function getSegment(ctx: OrganizationContext, id: SegmentId): Outcome<SegmentView> {
  const [segment, fields] = await Promise.all([ctx.db.segments.get(id), ruleFields(ctx.db)]);
  return segment ? ok(viewOf(segment, fields)) : err({ code: 'not_found' });
}

/** Adds a segment with a rule. */
export async function createSegment(ctx: OrganizationContext, input: SegmentInput): Outcome<Segment> {
  const rule = await readRule(ctx, input.rule);
  if (!rule.ok) return rule;
  const room = await checkSegmentLimit(ctx);
  if (!room.ok) return room;
  const { name, description } = input;
  return ctx.db.segments.insert(newId('segment'), { name, description, rule: rule.value }, ctx.deps.now());
}

/** Saves a segment over the version that its author saw. A list has a name and a description only. */
export async function saveSegment(
  ctx: OrganizationContext,
  id: SegmentId,
  version: number,
  input: SegmentInput,
): Outcome<Segment> {
  const held = await ctx.db.segments.get(id);
  if (!held) return err({ code: 'not_found' });
  const { name, description } = input;
  if (held.kind === 'static') {
    if (input.rule !== undefined) return err({ code: 'segment_kind', path: ['rule'] });
    return ctx.db.segments.replace(id, version, { name, description }, ctx.deps.now());
  }
  const rule = await readRule(ctx, input.rule, id);
  if (!rule.ok) return rule;
  const saved = await ctx.db.segments.replace(id, version, { name, description, rule: rule.value }, ctx.deps.now());
  if (!saved.ok) return saved;
  const cycle = await cycleOf(ctx, id, rule.value);
  if (cycle) {
    const { name, description, rule } = held;
    await ctx.db.segments.replace(id, saved.value.version, { name, description, rule }, ctx.deps.now());
    return err(cycle);
  }
  await recountToday(ctx, id);
  return saved;
}

/**
 * Two saves at once can each be sound, and together make a cycle: the later one at least sees it here, and is taken back.
 * Meanwhile nobody is in either.
 */
async function cycleOf(ctx: OrganizationContext, id: SegmentId, rule: Rule): Promise<RuleFault | null> {
  if (rulesNamed(rule).length === 0) return null;
  const checked = checkRule(rule, await ruleContext(ctx, ctx.deps.now()));
  if (checked.ok || checked.error.details.reason !== 'segment_cycle') return null;
  ctx.log.info({ segmentId: id, userId: ctx.user.id }, 'segment saved in a cycle and taken back');
  return inInput(checked.error);
}

/** Adds a copy of a segment under a name that is free; of a list with the people who are on it now. */
export async function duplicateSegment(ctx: OrganizationContext, id: SegmentId): Outcome<Segment> {
  const original = await ctx.db.segments.get(id);
  if (!original) return err({ code: 'not_found' });
  const name = copyName(original.name, await ctx.db.segments.takenNames());
  if (original.kind === 'static') return startSnapshot(ctx, id, { name, description: original.description });
  return createSegment(ctx, { name, description: original.description, rule: original.rule });
}

/** Takes a segment out of lists and pickers, or back into them. Who uses it goes on using it. */
export async function setArchived(ctx: OrganizationContext, id: SegmentId, archived: boolean): Outcome<Segment> {
  const saved = await ctx.db.segments.setArchived(id, archived ? ctx.deps.now() : null);
  if (!saved) return err({ code: 'not_found' });
  ctx.log.info({ segmentId: id, userId: ctx.user.id, archived }, 'segment archived or taken back');
  return ok(saved);
}

/** Removes a segment with its members and its history; refused while campaigns or other segments use it, with their names. */
export async function removeSegment(ctx: OrganizationContext, id: SegmentId): Outcome<null> {
  const { campaigns, segments } = await needsOfSegment(ctx, id);
  if (campaigns.length + segments.length > 0) return err({ code: 'segment_in_use', details: { campaigns, segments } });
  if (!(await ctx.db.segments.remove(id))) return err({ code: 'not_found' });
  // Nobody can name it any more; what a crash leaves of its members and sizes the daily round takes away.
  await Promise.all([ctx.db.segmentMembers.removeList(id), ctx.db.segmentSizes.removeSegment(id)]);
  ctx.log.info({ segmentId: id, userId: ctx.user.id }, 'segment removed');
  return ok(null);
}
