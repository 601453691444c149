import { maximumSegments, newId, type OrganizationDatabase } from '@mini-crm/db';
import {
  copyName,
  type DomainError,
  describeRule,
  err,
  type FieldCatalogue,
  fieldCatalogue,
  ok,
  parseRule,
  type Result,
  type Rule,
  resolveRule,
  type Segment,
  type SegmentFields,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** A segment with its rule in words. */
export type SegmentView = Segment & { readonly sentence: string };

/** A segment as somebody wrote it: the rule is not read yet. */
export type SegmentInput = SegmentFields & { readonly rule?: unknown };

/** Everything that rules of the organization can name. */
export async function ruleFields(db: OrganizationDatabase): Promise<FieldCatalogue> {
  return fieldCatalogue(await db.attributes.list());
}

/** All segments, last edited first. */
export async function listSegments(ctx: OrganizationContext): Promise<SegmentView[]> {
  const [segments, fields] = await Promise.all([ctx.db.segments.list(), ruleFields(ctx.db)]);
  return segments.map((segment) => ({ ...segment, sentence: describeRule(segment.rule, fields) }));
}

/** One segment. */
export async function getSegment(ctx: OrganizationContext, id: SegmentId): Promise<Result<SegmentView, DomainError>> {
  const [segment, fields] = await Promise.all([ctx.db.segments.get(id), ruleFields(ctx.db)]);
  return segment ? ok({ ...segment, sentence: describeRule(segment.rule, fields) }) : err({ code: 'not_found' });
}

/** Reads a rule from a client and checks it against the catalogue; refused with the path of the fault under `rule`. */
export async function readRule(ctx: OrganizationContext, input: unknown): Promise<Result<Rule, DomainError>> {
  const parsed = parseRule(input);
  if (!parsed.ok) return err({ ...parsed.error, path: ['rule', ...parsed.error.path] });
  const context = { ...clockOf(ctx), fields: await ruleFields(ctx.db) };
  const resolved = resolveRule(parsed.value, context);
  return resolved.ok ? parsed : err({ ...resolved.error, path: ['rule', ...resolved.error.path] });
}

/** The instant and the zone that rules of this request are bound to. */
export const clockOf = (ctx: OrganizationContext) => ({
  now: ctx.deps.now().getTime(),
  zone: ctx.organization.timeZone,
});

/** Adds a segment. */
export async function createSegment(
  ctx: OrganizationContext,
  input: SegmentInput,
): Promise<Result<Segment, DomainError>> {
  const rule = await readRule(ctx, input.rule);
  if (!rule.ok) return rule;
  if ((await ctx.db.segments.count()) >= maximumSegments) {
    return err({ code: 'segment_limit', details: { limit: maximumSegments } });
  }
  if (await ctx.db.segments.isNameTaken(input.name)) return err({ code: 'segment_name_taken', path: ['name'] });
  return ok(await ctx.db.segments.insert(newId('segment'), draftOf(input, rule.value), ctx.deps.now()));
}

const draftOf = ({ name, description }: SegmentInput, rule: Rule) => ({ name, description, rule });

/** Saves a segment over the version that its author saw. */
export async function saveSegment(
  ctx: OrganizationContext,
  id: SegmentId,
  version: number,
  input: SegmentInput,
): Promise<Result<Segment, DomainError>> {
  const rule = await readRule(ctx, input.rule);
  if (!rule.ok) return rule;
  if (!(await ctx.db.segments.get(id))) return err({ code: 'not_found' });
  if (await ctx.db.segments.isNameTaken(input.name, id)) return err({ code: 'segment_name_taken', path: ['name'] });
  const saved = await ctx.db.segments.replace(id, version, draftOf(input, rule.value), ctx.deps.now());
  return saved ? ok(saved) : err({ code: 'stale' });
}

/** Adds a copy of a segment under a name that is free. */
export async function duplicateSegment(ctx: OrganizationContext, id: SegmentId): Promise<Result<Segment, DomainError>> {
  const segments = await ctx.db.segments.list();
  const original = segments.find((segment) => segment.id === id);
  if (!original) return err({ code: 'not_found' });
  const names = segments.map(({ name }) => name);
  return createSegment(ctx, { ...original, name: copyName(original.name, names) });
}

/** Removes a segment; refused while a campaign that is not sent yet needs it, with the names of those. */
export async function removeSegment(ctx: OrganizationContext, id: SegmentId): Promise<Result<null, DomainError>> {
  const campaigns = await ctx.db.campaigns.usingSegment(id);
  if (campaigns.length > 0) return err({ code: 'segment_in_use', details: { campaigns } });
  if (!(await ctx.db.segments.remove(id))) return err({ code: 'not_found' });
  ctx.log.info({ segmentId: id, userId: ctx.user.id }, 'segment removed');
  return ok(null);
}
