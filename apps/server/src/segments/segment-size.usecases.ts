import { type AnswerSource, bindRule, type EngineState, isTimeLimit } from '@mini-crm/db';
import {
  type Channel,
  type Customer,
  type DomainError,
  describeRule,
  err,
  ok,
  parseRule,
  type ResolvedRule,
  type Result,
  type Rule,
  type Segment,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { inInput } from './read-rule.ts';
import { type LoadedRuleContext, ruleContext, ruleContextFor } from './rule-context.ts';

/** How many people fulfil a rule, out of how many, exact at an instant. */
export interface RuleSize {
  readonly size: number;
  /** All customers; null where even counting them takes too long. */
  readonly total: number | null;
  /** How many of them a message can reach, by channel. */
  readonly reach: Readonly<Record<Channel, number>>;
  /** The instant that the count is exact for: every write before it is counted. */
  readonly at: Date;
  readonly source: AnswerSource;
  /** Of the columns, which say why an answer took longer. */
  readonly state: EngineState;
}

/** What an editor shows of a rule. */
export interface RulePreview extends RuleSize {
  readonly sentence: string;
  readonly people: readonly PersonPreview[];
}

/** How many people two audiences share. */
export interface Overlap {
  readonly both: number;
  readonly other: number;
  readonly at: Date;
}

export type PersonPreview = Pick<
  Customer,
  'id' | 'externalId' | 'email' | 'phone' | 'firstName' | 'lastName' | 'rollups'
>;

type Outcome<T> = Promise<Result<T, DomainError>>;

const people = 10;
// A large organization is slow without columns, but still exact; longer than this nobody waits.
const maxTimeMS = 30_000;

/** The rule of a segment: its own, or that somebody is on its list. */
export const ruleOf = (segment: Segment): Rule =>
  segment.kind === 'dynamic' ? segment.rule : { version: 1, root: { type: 'inSegment', segmentId: segment.id } };

/** A segment that can be asked about, with its rule; `list_unfinished` for a list that is not whole yet. */
export async function usableSegment(
  { db }: Pick<OrganizationContext, 'db'>,
  id: SegmentId,
): Outcome<{ segment: Segment; rule: Rule }> {
  const segment = await db.segments.get(id);
  if (!segment) return err({ code: 'not_found' });
  if (segment.kind === 'static' && segment.filling) return err({ code: 'list_unfinished' });
  return ok({ segment, rule: ruleOf(segment) });
}

/** The size of a stored segment. */
export async function segmentSize(ctx: OrganizationContext, id: SegmentId, signal?: AbortSignal): Outcome<RuleSize> {
  const [found, context] = await Promise.all([usableSegment(ctx, id), ruleContext(ctx, ctx.deps.now())]);
  if (!found.ok) return found;
  return inTime(signal, async (limits) => {
    const resolved = await bindRule(engineOf(ctx), found.value.rule, context, limits);
    return resolved.ok ? ok((await counted(ctx, resolved.value, 0, limits)).size) : resolved;
  });
}

/** The exact size of a rule, ten of its people and its sentence; `audience_slow` where the count takes too long. */
export async function previewRule(
  ctx: OrganizationContext,
  input: unknown,
  signal?: AbortSignal,
): Outcome<RulePreview> {
  const read = await readAndBind(ctx, input, signal);
  if (!read.ok) return read;
  const { rule, resolved, context } = read.value;
  return inTime(signal, async (limits) => {
    const { size, sample } = await counted(ctx, resolved, people, limits);
    const found = await ctx.db.customers.many(sample);
    return ok({
      ...size,
      sentence: describeRule(rule, context.fields),
      people: found.sort((a, b) => (a.id < b.id ? -1 : 1)).map(toPerson),
    });
  });
}

/** How many people fulfil a rule and are in a stored segment, and how many are in that segment. */
export async function overlap(
  ctx: OrganizationContext,
  input: { readonly rule?: unknown; readonly segmentId: SegmentId },
  signal?: AbortSignal,
): Outcome<Overlap> {
  const [read, found] = await Promise.all([
    readAndBind(ctx, input.rule, signal, ruleContext),
    usableSegment(ctx, input.segmentId),
  ]);
  if (!read.ok) return read;
  if (!found.ok) return found;
  const { resolved, context } = read.value;
  return inTime(signal, async (limits) => {
    const engine = engineOf(ctx);
    const other = await bindRule(engine, found.value.rule, context, limits);
    if (!other.ok) return other;
    const shared: ResolvedRule = { ...resolved, root: { type: 'all', children: [resolved.root, other.value.root] } };
    const [both, whole] = await Promise.all([engine.count(shared, limits), engine.count(other.value, limits)]);
    return ok({ both: both.size, other: whole.size, at: new Date(Math.min(+both.asOf, +whole.asOf)) });
  });
}

interface BoundInput {
  readonly rule: Rule;
  readonly resolved: ResolvedRule;
  readonly context: LoadedRuleContext;
}

/** Reads a rule from a client and binds it to this moment; `load` for more than it names itself. */
export async function readAndBind(
  ctx: OrganizationContext,
  input: unknown,
  signal?: AbortSignal,
  load: typeof ruleContextFor = ruleContextFor,
): Outcome<BoundInput> {
  const parsed = parseRule(input);
  if (!parsed.ok) return err(inInput(parsed.error));
  const context = await load(ctx, ctx.deps.now(), parsed.value);
  return inTime(signal, async (limits) => {
    const resolved = await bindRule(engineOf(ctx), parsed.value, context, limits);
    return resolved.ok ? ok({ rule: parsed.value, resolved: resolved.value, context }) : err(inInput(resolved.error));
  });
}

export const engineOf = (ctx: OrganizationContext) => ctx.deps.engine.audience(ctx.db.orgId);

interface Limits {
  readonly signal?: AbortSignal;
  readonly maxTimeMS: number;
}

async function counted(ctx: OrganizationContext, rule: ResolvedRule, sampleSize: number, limits: Limits) {
  const { size, total, reach, asOf, source, sample } = await engineOf(ctx).preview(rule, sampleSize, limits);
  const state = ctx.deps.engine.state(ctx.db.orgId);
  return { size: { size, total, reach, at: asOf, source, state }, sample };
}

/** Asks within the limits of time; a question that takes too long or that was taken back is a refusal like any other, not a fault. */
export async function inTime<T>(signal: AbortSignal | undefined, ask: (limits: Limits) => Outcome<T>): Outcome<T> {
  try {
    return await ask(signal ? { signal, maxTimeMS } : { maxTimeMS });
  } catch (error) {
    if (!isTimeLimit(error) && !signal?.aborted) throw error;
    return err({ code: 'audience_slow', details: { seconds: maxTimeMS / 1000 } });
  }
}

function toPerson(customer: Customer): PersonPreview {
  const { id, externalId, email, phone, firstName, lastName, rollups } = customer;
  return { id, externalId, email, phone, firstName, lastName, rollups };
}
