import type { Rule, RuleNode } from './rule.ts';

/** The paths of the customer fields that a rule asks about, each once. */
export function customerFieldsOf(rule: Rule): string[] {
  const paths = new Set<string>();
  const walk = (node: RuleNode): void => {
    switch (node.type) {
      case 'all':
      case 'any':
        node.children.forEach(walk);
        break;
      case 'not':
        walk(node.child);
        break;
      case 'attribute':
        paths.add(node.field);
        break;
      case 'everyone':
      case 'behaviour':
        break;
      default:
        node satisfies never;
    }
  };
  walk(rule.root);
  return [...paths];
}
