import { useMemo, useState } from 'react';
import {
  addNode,
  type EditorGroup,
  type EditorNode,
  type GroupMode,
  insertAfter,
  newGroup,
  removeNode,
  replaceNode,
  unwrapGroup,
  wrapNode,
} from './editor-tree.ts';

/** What rows and groups can do to their tree. */
export interface TreeActions {
  readonly add: (groupKey: string, node: EditorNode) => void;
  readonly addGroup: (groupKey: string) => void;
  readonly addBeside: (key: string, node: EditorNode) => void;
  readonly replace: (node: EditorNode) => void;
  readonly remove: (key: string) => void;
  readonly wrap: (key: string, mode: GroupMode) => void;
  readonly unwrap: (key: string) => void;
}

/** A tree that is being edited. */
export function useTree(start: () => EditorGroup) {
  const [root, setRoot] = useState(start);
  const actions = useMemo<TreeActions>(
    () => ({
      add: (groupKey, node) => setRoot((tree) => addNode(tree, groupKey, node)),
      addGroup: (groupKey) => setRoot((tree) => addNode(tree, groupKey, newGroup('any'))),
      addBeside: (key, node) => setRoot((tree) => insertAfter(tree, key, node)),
      replace: (node) => setRoot((tree) => replaceNode(tree, node)),
      remove: (key) => setRoot((tree) => removeNode(tree, key)),
      wrap: (key, mode) => setRoot((tree) => wrapNode(tree, key, mode)),
      unwrap: (key) => setRoot((tree) => unwrapGroup(tree, key)),
    }),
    [],
  );
  return { root, actions, setRoot };
}
