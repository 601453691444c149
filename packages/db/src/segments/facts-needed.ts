import type { ResolvedNode } from '@mini-crm/domain';

/** Which of a customer's facts a rule looks at, beyond what is written on the customer. */
export interface FactsNeeded {
  /** Types of events; null is all. */
  readonly eventTypes: readonly string[] | null;
  readonly deliveries: boolean;
  readonly lists: boolean;
}

/** What the evaluator has to be given for a rule. */
export function factsNeeded(root: ResolvedNode): FactsNeeded {
  const eventTypes = new Set<string>();
  const asked = { deliveries: false, lists: false };
  const visit = (node: ResolvedNode): void => {
    switch (node.type) {
      case 'everyone':
      case 'attribute':
        return;
      case 'all':
      case 'any':
        node.children.forEach(visit);
        return;
      case 'not':
        visit(node.child);
        return;
      case 'behaviour':
      case 'rank':
        for (const type of node.eventTypes) eventTypes.add(type);
        return;
      case 'sequence':
        for (const step of [...node.steps, ...(node.notFollowedBy ? [node.notFollowedBy] : [])]) {
          for (const type of step.eventTypes) eventTypes.add(type);
        }
        return;
      case 'engagement':
        asked.deliveries = true;
        return;
      case 'inSegment':
        if (node.child === null) asked.lists = true;
        else visit(node.child);
        return;
      default:
        node satisfies never;
    }
  };
  visit(root);
  return { ...asked, eventTypes: [...eventTypes] };
}
