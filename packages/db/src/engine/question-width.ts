import type { ResolvedNode } from '@mini-crm/domain';
import type { AudienceQuestion } from './question.ts';

/** DuckDB's planner takes seconds for more joined leaves than this, holds all its memory and can't be stopped meanwhile; MongoDB answers them steadily. */
export const mostJoinedLeaves = 60;

/** Whether a question joins more than the columns should be asked for. */
export const isTooWide = (question: AudienceQuestion): boolean =>
  question.kind !== 'cutoff' && joinedLeaves(question.rule.root) > mostJoinedLeaves;

/** The leaves that are read from another table than that of the customers. */
function joinedLeaves(node: ResolvedNode): number {
  switch (node.type) {
    case 'everyone':
    case 'attribute':
      return 0;
    case 'all':
    case 'any':
      return node.children.reduce((sum, child) => sum + joinedLeaves(child), 0);
    case 'not':
      return joinedLeaves(node.child);
    case 'inSegment':
      return node.child === null ? 1 : joinedLeaves(node.child);
    case 'behaviour':
    case 'sequence':
    case 'engagement':
    case 'rank':
      return 1;
    default:
      return node satisfies never;
  }
}
