import {
  checkRule,
  type DomainError,
  err,
  ok,
  parseRule,
  type Result,
  type Rule,
  type RuleFault,
  rulesNamed,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { type LoadedRuleContext, ruleContext } from './rule-context.ts';

/** A fault of a rule that came as the field `rule` of an input. */
export const inInput = (fault: RuleFault): RuleFault => ({ ...fault, path: ['rule', ...fault.path] });

/**
 * Reads a rule from a client and checks it against the catalogue; refused with the path of the fault under `rule`. With
 * `self` it is to become the rule of that segment: then nothing that names the segment may break by it either.
 */
export async function readRule(
  ctx: OrganizationContext,
  input: unknown,
  self?: SegmentId,
): Promise<Result<Rule, DomainError>> {
  const parsed = parseRule(input);
  if (!parsed.ok) return err(inInput(parsed.error));
  const loaded = await ruleContext(ctx, ctx.deps.now());
  const context = self ? { ...loaded, segments: new Map(loaded.segments).set(self, parsed.value) } : loaded;
  const checked = checkRule(parsed.value, context);
  if (!checked.ok) return err(inInput(checked.error));
  const broken = self ? firstBroken(self, loaded, context) : null;
  return broken ? err(broken) : ok(parsed.value);
}

/** What is wrong with the first segment that names `self`, also by others, and was sound before its new rule. */
function firstBroken(self: SegmentId, before: LoadedRuleContext, after: LoadedRuleContext): DomainError | null {
  for (const id of namersOf(self, before.segments)) {
    const rule = before.segments.get(id);
    if (!rule || !checkRule(rule, before).ok) continue;
    const checked = checkRule(rule, after);
    if (checked.ok) continue;
    const name = before.fields.segments.find((segment) => segment.id === id)?.name ?? '';
    return { ...checked.error, path: ['rule', 'root'], details: { ...checked.error.details, segment: { id, name } } };
  }
  return null;
}

/** The segments whose rules name one, directly or through others. */
export function namersOf(id: SegmentId, segments: ReadonlyMap<SegmentId, Rule | null>): Set<SegmentId> {
  const found = new Set<SegmentId>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [namer, rule] of segments) {
      if (!rule || namer === id || found.has(namer) || !rulesNamed(rule).includes(next)) continue;
      found.add(namer);
      open.push(namer);
    }
  }
  return found;
}
