import type { SegmentId } from '../ids/id.ts';
import type { Result } from '../result.ts';
import { type Clock, instantRange, isWindowSound } from '../time/resolve-window.ts';
import { customerField, type FieldCatalogue } from './fields.ts';
import { numberTest } from './resolve-amount.ts';
import { resolveBehaviour } from './resolve-behaviour.ts';
import { type Bindings, resolveCondition } from './resolve-condition.ts';
import { resolveRankQuestion } from './resolve-rank.ts';
import { resolveSequence } from './resolve-sequence.ts';
import { RuleRefusal, refusable } from './resolve-test.ts';
import type {
  Cutoff,
  RankQuestion,
  ResolvedEngagement,
  ResolvedInSegment,
  ResolvedNode,
  ResolvedRule,
} from './resolved-rule.ts';
import type { EngagementNode, InSegmentNode, Rule, RuleNode, Test } from './rule.ts';
import type { RuleFault, RulePath } from './rule-fault.ts';
import { ruleLimits } from './rule-limits.ts';

/** What a rule is bound to. The zone is the organization's; a rule that names its own keeps it. */
export interface RuleContext extends Clock {
  readonly fields: FieldCatalogue;
  /** The rules of all segments that rules may name, null for a list; one that is absent is unknown. */
  readonly segments?: ReadonlyMap<SegmentId, Rule | null>;
  /** The answers to `rankQuestions`, by their keys. A rank without an answer is a bug of the caller and throws. */
  readonly cutoffs?: ReadonlyMap<string, Cutoff | null>;
}

/**
 * Binds everything relative in a rule: windows to instants, fields to their types, texts to the form in which they compare,
 * other segments to their rules and ranks to their cut-offs. Refuses a name, an operator or a value that does not exist or fit,
 * with its path; nothing is ignored or widened. A fault inside another segment's rule has the path of the node that names it.
 */
export function resolveRule(rule: Rule, context: RuleContext): Result<ResolvedRule, RuleFault> {
  const cutoffOf = ({ key }: RankQuestion): Cutoff | null => {
    const cutoff = context.cutoffs?.get(key);
    if (cutoff === undefined) throw new Error(`A rank has no cut-off: ask rankQuestions first (${key})`);
    return cutoff;
  };
  return refusable(() => ({
    now: context.now,
    zone: rule.zone ?? context.zone,
    root: resolveWith(rule, context, cutoffOf),
  }));
}

/** What must be asked before the rule can be resolved, each different question once; or the rule's fault. */
export function rankQuestions(rule: Rule, context: RuleContext): Result<readonly RankQuestion[], RuleFault> {
  const questions = new Map<string, RankQuestion>();
  return refusable(() => {
    resolveWith(rule, context, (question) => {
      questions.set(question.key, question);
      return null;
    });
    return [...questions.values()];
  });
}

/** Whether a rule can be resolved in this context, for the door: what parseRule can't know is told here. */
export function checkRule(rule: Rule, context: RuleContext): Result<null, RuleFault> {
  const questions = rankQuestions(rule, context);
  return questions.ok ? { ok: true, value: null } : questions;
}

interface Binding extends Bindings {
  readonly organizationZone: string;
  readonly segments: ReadonlyMap<SegmentId, Rule | null>;
  /** The segments on the way from the root to here. */
  readonly trail: readonly SegmentId[];
  readonly leaves: { count: number };
  readonly cutoffOf: (question: RankQuestion) => Cutoff | null;
}

function resolveWith(rule: Rule, context: RuleContext, cutoffOf: Binding['cutoffOf']): ResolvedNode {
  return resolveNode(rule.root, ['root'], {
    now: context.now,
    zone: rule.zone ?? context.zone,
    fields: context.fields,
    organizationZone: context.zone,
    segments: context.segments ?? new Map(),
    trail: [],
    leaves: { count: 0 },
    cutoffOf,
  });
}

function resolveNode(node: RuleNode, path: RulePath, binding: Binding): ResolvedNode {
  switch (node.type) {
    case 'all':
    case 'any':
      return {
        type: node.type,
        children: node.children.map((child, i) => resolveNode(child, [...path, 'children', i], binding)),
      };
    case 'not':
      return { type: 'not', child: resolveNode(node.child, [...path, 'child'], binding) };
    case 'inSegment':
      return resolveInSegment(node, [...path, 'segmentId'], binding);
    default:
      countLeaf(path, binding);
      return resolveLeaf(node, path, binding);
  }
}

type Leaf = Exclude<RuleNode, { type: 'all' | 'any' | 'not' | 'inSegment' }>;

function resolveLeaf(node: Leaf, path: RulePath, binding: Binding): ResolvedNode {
  switch (node.type) {
    case 'everyone':
      return { type: 'everyone' };
    case 'attribute': {
      const field = customerField(binding.fields, node.field);
      if (!field) throw new RuleRefusal([...path, 'field'], 'field_unknown');
      return { type: 'attribute', ...resolveCondition(node, field, path, binding) };
    }
    case 'behaviour':
      return resolveBehaviour(node, path, binding);
    case 'sequence':
      return resolveSequence(node, path, binding);
    case 'engagement':
      return resolveEngagement(node, path, binding);
    case 'rank': {
      const question = resolveRankQuestion(node, path, binding);
      return { type: 'rank', ...question.basis, direction: question.direction, cutoff: binding.cutoffOf(question) };
    }
    default:
      return node satisfies never;
  }
}

function countLeaf(path: RulePath, { leaves }: Binding): void {
  leaves.count++;
  if (leaves.count > ruleLimits.expandedLeaves) {
    throw new RuleRefusal(path, 'too_many_leaves', ruleLimits.expandedLeaves);
  }
}

const atLeastOne: Test = { operator: 'gte', value: 1 };

function resolveEngagement(node: EngagementNode, path: RulePath, binding: Binding): ResolvedEngagement {
  const { kind, campaignId = null, window, includeMachine = false } = node;
  if (campaignId !== null && !binding.fields.campaigns.some(({ id }) => id === campaignId)) {
    throw new RuleRefusal([...path, 'campaignId'], 'campaign_unknown');
  }
  if (!isWindowSound(window)) throw new RuleRefusal([...path, 'window'], 'window_wrong');
  const { operator, values } = numberTest(node.test ?? atLeastOne, 1, path);
  const range = instantRange(window, binding);
  return { type: 'engagement', kind, campaignId, range, includeMachine, test: { operator, values } };
}

/** Puts the other segment's rule in the place of its name, bound to the same instant in its own zone. */
function resolveInSegment({ segmentId }: InSegmentNode, path: RulePath, binding: Binding): ResolvedInSegment {
  const rule = binding.segments.get(segmentId);
  if (binding.trail.includes(segmentId)) throw new RuleRefusal(path, 'segment_cycle');
  if (rule === undefined) throw new RuleRefusal(path, 'segment_unknown');
  if (binding.trail.length >= ruleLimits.segmentDepth) {
    throw new RuleRefusal(path, 'segments_too_deep', ruleLimits.segmentDepth);
  }
  if (rule === null) {
    countLeaf(path, binding);
    return { type: 'inSegment', segmentId, child: null };
  }
  const inner: Binding = {
    ...binding,
    zone: rule.zone ?? binding.organizationZone,
    trail: [...binding.trail, segmentId],
  };
  try {
    return { type: 'inSegment', segmentId, child: resolveNode(rule.root, path, inner) };
  } catch (error) {
    if (!(error instanceof RuleRefusal)) throw error;
    throw new RuleRefusal(path, error.fault.details.reason, error.fault.details.limit);
  }
}
