import { isTimeLimit } from '@mini-crm/db';
import {
  type Customer,
  type CustomerId,
  type DomainError,
  describeRule,
  err,
  ok,
  parseRule,
  type ResolvedRule,
  type Result,
  resolveRule,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { clockOf, ruleFields } from './segment.usecases.ts';

/** How many people fulfil a rule now, out of how many. */
export interface RuleSize {
  readonly size: number;
  /** All customers; null where even counting them takes too long. */
  readonly total: number | null;
  /** The instant that the count is exact for. */
  readonly at: Date;
}

/** What an editor shows of a rule. */
export interface RulePreview extends RuleSize {
  readonly sentence: string;
  readonly people: readonly PersonPreview[];
}

export type PersonPreview = Pick<
  Customer,
  'id' | 'externalId' | 'email' | 'phone' | 'firstName' | 'lastName' | 'rollups'
>;

const people = 10;
// A large organization is slow here, but still exact; longer than this nobody waits.
const maxTimeMS = 30_000;

/** The size of a stored segment. */
export async function segmentSize(
  ctx: OrganizationContext,
  id: SegmentId,
  signal?: AbortSignal,
): Promise<Result<RuleSize, DomainError>> {
  const segment = await ctx.db.segments.get(id);
  if (!segment) return err({ code: 'not_found' });
  const { now, zone } = clockOf(ctx);
  const resolved = resolveRule(segment.rule, { now, zone, fields: await ruleFields(ctx.db) });
  if (!resolved.ok) return resolved;
  const counted = await countRule(ctx, resolved.value, 0, signal);
  return counted.ok ? ok({ size: counted.value.size, total: counted.value.total, at: new Date(now) }) : counted;
}

/** The exact size of a rule, ten of its people and its sentence; `audience_slow` where the count takes too long. */
export async function previewRule(
  ctx: OrganizationContext,
  input: unknown,
  signal?: AbortSignal,
): Promise<Result<RulePreview, DomainError>> {
  const rule = parseRule(input);
  if (!rule.ok) return err({ ...rule.error, path: ['rule', ...rule.error.path] });
  const { now, zone } = clockOf(ctx);
  const fields = await ruleFields(ctx.db);
  const resolved = resolveRule(rule.value, { now, zone, fields });
  if (!resolved.ok) return err({ ...resolved.error, path: ['rule', ...resolved.error.path] });
  const counted = await countRule(ctx, resolved.value, people, signal);
  if (!counted.ok) return counted;
  const { size, total, sample } = counted.value;
  return ok({
    size,
    total,
    at: new Date(now),
    sentence: describeRule(rule.value, fields),
    people: (await ctx.db.customers.many(sample)).sort((a, b) => (a.id < b.id ? -1 : 1)).map(toPerson),
  });
}

async function countRule(
  ctx: OrganizationContext,
  rule: ResolvedRule,
  sampleSize: number,
  signal: AbortSignal | undefined,
): Promise<Result<{ size: number; total: number | null; sample: readonly CustomerId[] }, DomainError>> {
  const limits = signal ? { signal, maxTimeMS } : { maxTimeMS };
  try {
    const [{ size, sample }, total] = await Promise.all([
      ctx.db.audience.preview(rule, sampleSize, limits),
      ctx.db.customers.count({}, maxTimeMS),
    ]);
    return ok({ size, total, sample });
  } catch (error) {
    // Of a question that was taken back nobody reads the answer: it is a refusal like any other, not a fault.
    if (isTimeLimit(error) || signal?.aborted) {
      return err({ code: 'audience_slow', details: { seconds: maxTimeMS / 1000 } });
    }
    throw error;
  }
}

function toPerson(customer: Customer): PersonPreview {
  const { id, externalId, email, phone, firstName, lastName, rollups } = customer;
  return { id, externalId, email, phone, firstName, lastName, rollups };
}
