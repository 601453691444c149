import { withCutoffs } from '@mini-crm/db';
import {
  type CustomerId,
  type DomainError,
  type Explanation,
  err,
  evaluateRule,
  explainRule,
  ok,
  parseRule,
  type Result,
  type Rule,
  resolveRule,
  type Segment,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { inInput } from './read-rule.ts';
import { ruleContext } from './rule-context.ts';
import { engineOf, inTime, ruleOf, usableSegment } from './segment-size.usecases.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** Whether a customer is in a segment now. */
export interface Membership {
  readonly id: SegmentId;
  readonly name: string;
  readonly kind: Segment['kind'];
  readonly isArchived: boolean;
  /** Null where the rule names what is gone: nobody can say. */
  readonly isIn: boolean | null;
}

/** Why a customer is in a stored segment, or would be in one with this rule, or is not: node by node. */
export async function explainFor(
  ctx: OrganizationContext,
  input: { readonly customerId: CustomerId; readonly segmentId?: SegmentId | undefined; readonly rule?: unknown },
  signal?: AbortSignal,
): Outcome<Explanation> {
  const asked = input.segmentId ? await storedRule(ctx, input.segmentId) : writtenRule(input.rule);
  if (!asked.ok) return asked;
  const [[facts], context] = await Promise.all([ctx.db.facts([input.customerId]), ruleContext(ctx, ctx.deps.now())]);
  if (!facts) return err({ code: 'not_found' });
  return inTime(signal, async (limits) => {
    const explained = explainRule(asked.value, facts, await withCutoffs(engineOf(ctx), [asked.value], context, limits));
    return explained.ok || input.segmentId ? explained : err(inInput(explained.error));
  });
}

async function storedRule(ctx: OrganizationContext, id: SegmentId): Outcome<Rule> {
  const found = await usableSegment(ctx, id);
  return found.ok ? ok(found.value.rule) : found;
}

function writtenRule(input: unknown): Result<Rule, DomainError> {
  const parsed = parseRule(input);
  return parsed.ok ? parsed : err(inInput(parsed.error));
}

/** Every segment, and whether a customer is in it at this moment. By name. */
export async function segmentsOf(
  ctx: OrganizationContext,
  customerId: CustomerId,
  signal?: AbortSignal,
): Outcome<Membership[]> {
  const [[facts], segments, context] = await Promise.all([
    ctx.db.facts([customerId]),
    ctx.db.segments.list(),
    ruleContext(ctx, ctx.deps.now()),
  ]);
  if (!facts) return err({ code: 'not_found' });
  return inTime(signal, async (limits) => {
    const bound = await withCutoffs(engineOf(ctx), segments.map(ruleOf), context, limits);
    const memberships = segments.map((segment): Membership => {
      const { id, name, kind, archivedAt } = segment;
      const resolved = resolveRule(ruleOf(segment), bound);
      const isIn = resolved.ok ? evaluateRule(resolved.value, facts) : null;
      return { id, name, kind, isArchived: archivedAt !== null, isIn };
    });
    return ok(memberships.sort((a, b) => a.name.localeCompare(b.name, 'en')));
  });
}
