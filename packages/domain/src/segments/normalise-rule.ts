import type { Rule, RuleNode, UnitFilter } from './rule.ts';

/**
 * The same rule with fewer words: a group in a group of its kind is one group, a group of one is the one in it, and a double
 * negation is none. The same people fulfil it.
 */
export const normaliseRule = (rule: Rule): Rule => ({ ...rule, root: simplified(rule.root, withSimpleFilters) });

type Tree<T> = T &
  ({ readonly type: 'all' | 'any'; readonly children: readonly T[] } | { readonly type: 'not'; readonly child: T });

const isTree = <T extends { readonly type: string }>(node: T): node is Tree<T> =>
  node.type === 'all' || node.type === 'any' || node.type === 'not';

/** Groups and negations mean the same over people and over the conditions of one event. */
function simplified<T extends { readonly type: string }>(node: T, leaf: (node: T) => T): T {
  if (!isTree(node)) return leaf(node);
  if (node.type === 'not') {
    const child = simplified(node.child, leaf);
    return isTree(child) && child.type === 'not' ? child.child : { ...node, child };
  }
  const children = node.children.flatMap((one) => {
    const child = simplified(one, leaf);
    return isTree(child) && child.type === node.type && 'children' in child ? child.children : [child];
  });
  return children.length === 1 ? (children[0] as T) : { ...node, children };
}

function withSimpleFilters(node: RuleNode): RuleNode {
  const simple = (filter: UnitFilter) => simplified(filter, (leaf) => leaf);
  switch (node.type) {
    case 'behaviour':
    case 'rank':
      return node.where === undefined ? node : { ...node, where: simple(node.where) };
    case 'sequence':
      return {
        ...node,
        steps: node.steps.map((step) => (step.where === undefined ? step : { ...step, where: simple(step.where) })),
        ...(node.notFollowedBy?.where === undefined
          ? {}
          : { notFollowedBy: { ...node.notFollowedBy, where: simple(node.notFollowedBy.where) } }),
      };
    default:
      return node;
  }
}
