import type { z } from 'zod';
import { err, ok, type Result } from '../result.ts';
import { isStorableText } from '../text/plain-text.ts';
import { isTimeZone } from '../time/known-zone.ts';
import { mostSteps, type Rule, ruleSchema } from './rule.ts';
import { type RuleFault, type RulePath, ruleFault } from './rule-fault.ts';
import { ruleLimits } from './rule-limits.ts';

/**
 * Reads a rule from unknown input: shape, version and limits, each refused with its reason and the path of the fault.
 * Whether its fields exist and their operators fit is resolveRule's to say.
 */
export function parseRule(input: unknown): Result<Rule, RuleFault> {
  const fault = structureFault(input);
  if (fault) return err(fault);
  const parsed = ruleSchema.safeParse(input);
  return parsed.success ? ok(parsed.data) : err(faultOf(parsed.error, input));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Depth, leaves and empty groups, found without recursion on the input's own depth: it may be hostile. */
function structureFault(input: unknown): RuleFault | null {
  if (!isRecord(input)) return ruleFault([], 'invalid');
  if (input.version !== 1) return ruleFault(['version'], 'version_unknown');
  let leaves = 0;
  const open: { node: unknown; path: RulePath; depth: number }[] = [{ node: input.root, path: ['root'], depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, path, depth } = next;
    if (!isRecord(node)) return ruleFault(path, 'invalid');
    if (depth > ruleLimits.depth) return ruleFault(path, 'too_deep', ruleLimits.depth);
    if (node.type === 'all' || node.type === 'any') {
      if (!Array.isArray(node.children)) return ruleFault([...path, 'children'], 'invalid');
      if (node.children.length === 0) return ruleFault(path, 'group_empty');
      if (node.children.length > ruleLimits.leaves) return ruleFault(path, 'too_many_leaves', ruleLimits.leaves);
      node.children.forEach((child, i) => {
        open.push({ node: child, path: [...path, 'children', i], depth: depth + 1 });
      });
    } else if (node.type === 'not') {
      open.push({ node: node.child, path: [...path, 'child'], depth: depth + 1 });
    } else {
      leaves++;
      if (leaves > ruleLimits.leaves) return ruleFault(path, 'too_many_leaves', ruleLimits.leaves);
      const fault = leafFault(node, path);
      if (fault) return fault;
    }
  }
  return null;
}

/** Whether the filters of a leaf, of its steps and of what must not follow them keep their limits. */
function leafFault(node: Record<string, unknown>, path: RulePath): RuleFault | null {
  if (node.where !== undefined) return filterFault(node.where, [...path, 'where']);
  if (node.type !== 'sequence') return null;
  if (Array.isArray(node.steps)) {
    if (node.steps.length > mostSteps) return ruleFault([...path, 'steps'], 'sequence_wrong', mostSteps);
    for (const [i, step] of node.steps.entries()) {
      const fault = whereFault(step, [...path, 'steps', i]);
      if (fault) return fault;
    }
  }
  return whereFault(node.notFollowedBy, [...path, 'notFollowedBy']);
}

const whereFault = (step: unknown, path: RulePath): RuleFault | null =>
  isRecord(step) && step.where !== undefined ? filterFault(step.where, [...path, 'where']) : null;

function filterFault(where: unknown, path: RulePath): RuleFault | null {
  let filters = 0;
  const open: { node: unknown; path: RulePath; depth: number }[] = [{ node: where, path, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    if (!isRecord(node)) return ruleFault(next.path, 'invalid');
    if (depth > ruleLimits.depth) return ruleFault(next.path, 'too_deep', ruleLimits.depth);
    if (node.type === 'all' || node.type === 'any') {
      if (!Array.isArray(node.children)) return ruleFault([...next.path, 'children'], 'invalid');
      if (node.children.length === 0) return ruleFault(next.path, 'group_empty');
      if (node.children.length > ruleLimits.filters) return ruleFault(path, 'too_many_filters', ruleLimits.filters);
      for (const [i, child] of node.children.entries()) {
        open.push({ node: child, path: [...next.path, 'children', i], depth: depth + 1 });
      }
    } else if (node.type === 'not') {
      open.push({ node: node.child, path: [...next.path, 'child'], depth: depth + 1 });
    } else if (++filters > ruleLimits.filters) {
      return ruleFault(path, 'too_many_filters', ruleLimits.filters);
    }
  }
  return null;
}

function valueAt(input: unknown, path: RulePath): unknown {
  let value = input;
  for (const key of path) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Zod's first complaint as a reason of ours, decided by what stands at its path. */
function faultOf(error: z.ZodError, input: unknown): RuleFault {
  let issue = error.issues[0];
  let path: RulePath = (issue?.path ?? []) as RulePath;
  // A union says only that no branch fits; the branch that came furthest says where.
  while (issue?.code === 'invalid_union' && issue.errors.length > 0) {
    const deepest = issue.errors
      .map((branch) => branch[0])
      .sort((a, b) => (b?.path.length ?? 0) - (a?.path.length ?? 0));
    if (!deepest[0] || deepest[0].path.length === 0) break;
    path = [...path, ...(deepest[0].path as RulePath)];
    issue = deepest[0];
  }
  const value = valueAt(input, path);
  if (typeof value === 'string' && value.length > ruleLimits.characters) {
    return ruleFault(path, 'too_long', ruleLimits.characters);
  }
  if (typeof value === 'string' && !isStorableText(value)) return ruleFault(path, 'text_unstorable');
  if (Array.isArray(value) && value.length > ruleLimits.values) {
    return ruleFault(path, 'too_many_values', ruleLimits.values);
  }
  if (path[0] === 'zone' && !(typeof value === 'string' && isTimeZone(value))) return ruleFault(path, 'zone_unknown');
  if (path.at(-1) === 'operator' || path.at(-1) === 'test') return ruleFault(path, 'operator_wrong');
  if (path.includes('window')) return ruleFault(path, 'window_wrong');
  if (path.at(-1) === 'field' && typeof value === 'string') return ruleFault(path, 'field_unknown');
  if (path.at(-1) === 'segmentId') return ruleFault(path, 'segment_unknown');
  if (path.at(-1) === 'campaignId') return ruleFault(path, 'campaign_unknown');
  if (path.includes('measure')) return ruleFault(path, 'measure_wrong');
  if (path.includes('test')) return ruleFault(path, 'value_wrong');
  if (path.at(-1) === 'amount' && !path.includes('within')) return ruleFault(path, 'rank_wrong');
  if (path.includes('steps') || path.includes('notFollowedBy')) return ruleFault(path, 'sequence_wrong');
  return ruleFault(path, 'invalid');
}
