import type { AttributeValue } from '../attributes/attribute.ts';
import { ok, type Result } from '../result.ts';
import { type CustomerFacts, customerGetter } from './customer-facts.ts';
import { describeNode } from './describe-rule.ts';
import { compileRule, evaluateRule } from './evaluate-rule.ts';
import { explainSequence } from './explain-sequence.ts';
import { explainBehaviour, explainRank } from './explain-units.ts';
import {
  type EngagementEvidence,
  type Evidence,
  type ExplainedNode,
  type Explanation,
  type SegmentEvidence,
  shownUnits,
} from './explanation.ts';
import { type RuleContext, resolveRule } from './resolve-rule.ts';
import type { ResolvedEngagement, ResolvedNode } from './resolved-rule.ts';
import type { InSegmentNode, Rule, RuleNode } from './rule.ts';
import type { RuleFault, RulePath } from './rule-fault.ts';

/**
 * Why a customer fulfils a rule or does not: node by node what holds, and at each leaf the values that decided it. Whether a
 * leaf holds is the evaluator's word. Refuses a rule as resolveRule does; its ranks need their cut-offs in the context.
 */
export function explainRule(rule: Rule, facts: CustomerFacts, context: RuleContext): Result<Explanation, RuleFault> {
  const resolved = resolveRule(rule, context);
  if (!resolved.ok) return resolved;
  const { now, zone, root } = resolved.value;
  return ok({ now, zone, root: explainNode(rule.root, root, ['root'], { facts, context, now }) });
}

interface Asked {
  readonly facts: CustomerFacts;
  readonly context: RuleContext;
  readonly now: number;
}

/** The written and the bound rule are walked side by side: one has the words, the other the meaning. */
function explainNode(written: RuleNode, bound: ResolvedNode, path: RulePath, asked: Asked): ExplainedNode {
  const { children, holds, evidence } = partsOf(written, bound, path, asked);
  const sentence = describeNode(written, asked.context.fields);
  return { path, type: written.type, sentence, holds, children, evidence };
}

type Parts = Pick<ExplainedNode, 'children' | 'holds' | 'evidence'>;

function partsOf(written: RuleNode, bound: ResolvedNode, path: RulePath, asked: Asked): Parts {
  const { facts } = asked;
  const leaf = (evidence: Evidence | null): Parts => ({ children: [], holds: holdsFor(bound, asked), evidence });
  switch (bound.type) {
    case 'everyone':
      return leaf(null);
    case 'all':
    case 'any': {
      const group = sameType(written, bound.type);
      const children = group.children.map((child, i) =>
        explainNode(child, bound.children[i] as ResolvedNode, [...path, 'children', i], asked),
      );
      const holds = bound.type === 'all' ? children.every(isFulfilled) : children.some(isFulfilled);
      return { children, holds, evidence: null };
    }
    case 'not': {
      const child = explainNode(sameType(written, 'not').child, bound.child, [...path, 'child'], asked);
      return { children: [child], holds: !child.holds, evidence: null };
    }
    case 'attribute': {
      const value = (customerGetter(bound.field)(facts) ?? null) as AttributeValue | null;
      return leaf({ kind: 'attribute', value, orMissing: bound.orMissing });
    }
    case 'behaviour':
      return leaf(explainBehaviour(bound, facts));
    case 'sequence':
      return leaf(explainSequence(bound, facts));
    case 'engagement':
      return leaf(explainEngagement(bound, asked));
    case 'inSegment': {
      const evidence = segmentEvidence(sameType(written, 'inSegment'), asked.context);
      if (bound.child === null) return leaf(evidence);
      const root = asked.context.segments?.get(bound.segmentId)?.root;
      if (!root) throw new Error(`Segment ${bound.segmentId} was bound without a rule`);
      const child = explainNode(root, bound.child, ['root'], asked);
      return { children: [child], holds: child.holds, evidence };
    }
    case 'rank':
      return leaf(explainRank(bound, facts));
    default:
      return bound satisfies never;
  }
}

const isFulfilled = ({ holds }: ExplainedNode): boolean => holds;

const holdsFor = (root: ResolvedNode, { facts, context, now }: Asked): boolean =>
  evaluateRule({ now, zone: context.zone, root }, facts);

function sameType<T extends RuleNode['type']>(node: RuleNode, type: T): Extract<RuleNode, { readonly type: T }> {
  if (node.type !== type) throw new Error(`A ${node.type} node was bound as ${type}`);
  return node as Extract<RuleNode, { readonly type: T }>;
}

/** The messages that count, each asked of the evaluator by itself. */
function explainEngagement(node: ResolvedEngagement, { facts, context, now }: Asked): EngagementEvidence {
  const once = { operator: 'gte', values: [1] } as const;
  const counts = compileRule({ now, zone: context.zone, root: { ...node, test: once } });
  const messages = facts.deliveries
    .filter((delivery) => counts({ ...facts, deliveries: [delivery] }))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const named = new Map(context.fields.campaigns.map(({ id, name }) => [id, name]));
  return {
    kind: 'engagement',
    counted: messages.length,
    messages: messages
      .slice(0, shownUnits)
      .map((delivery) => ({ ...delivery, campaignName: named.get(delivery.campaignId) ?? null })),
    range: node.range,
  };
}

function segmentEvidence({ segmentId }: InSegmentNode, context: RuleContext): SegmentEvidence {
  const rule = context.segments?.get(segmentId) ?? null;
  return {
    kind: 'segment',
    segmentId,
    name: context.fields.segments.find(({ id }) => id === segmentId)?.name ?? null,
    isList: rule === null,
    zone: rule?.zone ?? context.zone,
  };
}
