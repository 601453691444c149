import type { RuleFault, RuleFaultReason } from '@mini-crm/domain';
import { readError } from '../../components/read-error.ts';
import type { MarkedFault } from './builder-context.tsx';
import { type EditedRule, keyAt } from './editor-rule.ts';
import { type EditorGroup, isGroup } from './editor-tree.ts';
import { faultWords } from './operator-words.ts';
import { nodeAt } from './tree-edits.ts';

/** The row at fault in an edited tree, in words; null where the language finds none. */
export function ownFault(edited: EditedRule, root: EditorGroup): MarkedFault | null {
  return edited.state === 'faulty' ? { key: edited.key, text: textOf(edited.fault, edited.key, root) } : null;
}

/** The row that the server found at fault; null where an error is about something else. */
export function serverFault(error: unknown, edited: EditedRule, root: EditorGroup): MarkedFault | null {
  const { code, path, details } = readError(error);
  if (code !== 'rule_invalid' || edited.state !== 'sound') return null;
  // Under `rule`, as it stands in the input.
  const inRule = path?.[0] === 'rule' ? path.slice(1) : (path ?? []);
  const key = keyAt(edited.keys, inRule) ?? root.key;
  const reason = typeof details.reason === 'string' ? (details.reason as RuleFaultReason) : 'invalid';
  const limit = typeof details.limit === 'number' ? { limit: details.limit } : {};
  return { key, text: textOf({ code, path: inRule, details: { reason, ...limit } }, key, root) };
}

function textOf({ path, details: { reason, limit } }: RuleFault, key: string, root: EditorGroup): string {
  const node = nodeAt(root, key);
  if (node && !isGroup(node)) {
    if (node.type === 'inSegment' && node.segmentId === '') return 'Choose the segment.';
    if (reason === 'invalid' && path.includes('eventTypes')) return 'Choose the kind of event.';
  }
  // A newer server may know reasons that this page does not.
  return faultWords(reason, limit) ?? 'Something in this condition is not right. Look at it again.';
}
