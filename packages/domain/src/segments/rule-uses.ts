import type { CampaignId, SegmentId } from '../ids/id.ts';
import type { Rule, RuleNode } from './rule.ts';

/** Every leaf of a rule, in the order in which it is written. */
function leavesOf({ root }: Rule): RuleNode[] {
  const leaves: RuleNode[] = [];
  const walk = (node: RuleNode): void => {
    if (node.type === 'all' || node.type === 'any') node.children.forEach(walk);
    else if (node.type === 'not') walk(node.child);
    else leaves.push(node);
  };
  walk(root);
  return leaves;
}

/** The paths of the customer fields that a rule asks about, each once. */
export function customerFieldsOf(rule: Rule): string[] {
  return [...new Set(leavesOf(rule).flatMap((leaf) => (leaf.type === 'attribute' ? [leaf.field] : [])))];
}

/** The other segments that a rule names, each once; not those that they name in turn. */
export function rulesNamed(rule: Rule): SegmentId[] {
  return [...new Set(leavesOf(rule).flatMap((leaf) => (leaf.type === 'inSegment' ? [leaf.segmentId] : [])))];
}

/** The campaigns that a rule names, each once. */
export function campaignsNamed(rule: Rule): CampaignId[] {
  const named = leavesOf(rule).flatMap((leaf) =>
    leaf.type === 'engagement' && leaf.campaignId !== undefined ? [leaf.campaignId] : [],
  );
  return [...new Set(named)];
}
