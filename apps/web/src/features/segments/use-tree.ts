import { useMemo, useReducer } from 'react';
import { type EditorGroup, type EditorNode, type GroupMode, newGroup } from './editor-tree.ts';
import {
  addNode,
  copyOf,
  indentNode,
  insertAfter,
  moveNode,
  nodeAt,
  outdentNode,
  placeOf,
  removeNode,
  replaceNode,
  unwrapGroup,
  wrapNode,
} from './tree-edits.ts';

/** What rows and groups can do to their tree. */
export interface TreeActions {
  readonly add: (groupKey: string, node: EditorNode) => void;
  readonly addGroup: (groupKey: string) => void;
  readonly replace: (node: EditorNode) => void;
  readonly remove: (key: string) => void;
  readonly duplicate: (key: string) => void;
  readonly move: (key: string, by: -1 | 1) => void;
  readonly indent: (key: string) => void;
  readonly outdent: (key: string) => void;
  readonly wrap: (key: string, mode: GroupMode) => void;
  readonly unwrap: (key: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Where the focus goes after an edit: to a row's handle or first input, or to a group's "Add condition". */
export interface FocusWish {
  readonly key: string;
  readonly part: 'handle' | 'input' | 'picker';
  /** What the edit did, read aloud; the place is told by whoever shows the tree. */
  readonly said: string;
}

/** A tree with its past and future, for undo and redo. */
export interface TreeHistory {
  readonly root: EditorGroup;
  readonly past: readonly EditorGroup[];
  readonly future: readonly EditorGroup[];
  readonly wish: FocusWish | null;
  /** The row that was typed in last, and when: letters of one word are one step back. */
  readonly typed: { readonly key: string; readonly at: number } | null;
}

type Step =
  | { readonly kind: 'edit'; readonly root: EditorGroup; readonly wish: FocusWish | null }
  | { readonly kind: 'type'; readonly node: EditorNode; readonly at: number }
  | { readonly kind: 'undo' | 'redo' };

const steps = 200;
const oneWordMs = 900;

/** The history after a step. Edits that change nothing leave none. */
export function stepTree(history: TreeHistory, step: Step): TreeHistory {
  const { root, past, future, typed } = history;
  switch (step.kind) {
    case 'undo': {
      const before = past.at(-1);
      if (!before) return history;
      return { root: before, past: past.slice(0, -1), future: [root, ...future], wish: null, typed: null };
    }
    case 'redo': {
      const [after, ...rest] = future;
      if (!after) return history;
      return { root: after, past: [...past, root], future: rest, wish: null, typed: null };
    }
    case 'edit':
      if (step.root === root) return history;
      return { root: step.root, past: grown(past, root), future: [], wish: step.wish, typed: null };
    case 'type': {
      const next = replaceNode(root, step.node);
      if (next === root) return history;
      const goesOn = typed?.key === step.node.key && step.at - typed.at < oneWordMs && past.length > 0;
      const now = { key: step.node.key, at: step.at };
      return { root: next, past: goesOn ? past : grown(past, root), future: [], wish: null, typed: now };
    }
    default:
      return step satisfies never;
  }
}

const grown = (past: readonly EditorGroup[], root: EditorGroup) => [...past, root].slice(-steps);

type Change = (root: EditorGroup) => { readonly root: EditorGroup; readonly wish: FocusWish | null };

/** A tree that is being edited, with undo and redo. */
export function useTree(start: () => EditorGroup) {
  const [history, dispatch] = useReducer(
    (state: TreeHistory, action: Step | Change) =>
      stepTree(state, typeof action === 'function' ? { kind: 'edit', ...action(state.root) } : action),
    undefined,
    (): TreeHistory => ({ root: start(), past: [], future: [], wish: null, typed: null }),
  );
  const actions = useMemo<TreeActions>(() => {
    const edit = (change: (root: EditorGroup) => EditorGroup, wish: FocusWish | null) =>
      dispatch((root: EditorGroup) => ({ root: change(root), wish }));
    return {
      add: (groupKey, node) =>
        edit((root) => addNode(root, groupKey, node), { key: node.key, part: 'input', said: 'Condition added' }),
      addGroup(groupKey) {
        const group = newGroup('any');
        edit((root) => addNode(root, groupKey, group), { key: group.key, part: 'picker', said: 'Group added' });
      },
      replace: (node) => dispatch({ kind: 'type', node, at: performance.now() }),
      remove: (key) => dispatch((root: EditorGroup) => ({ root: removeNode(root, key), wish: besideOf(root, key) })),
      duplicate(key) {
        dispatch((root: EditorGroup) => {
          const node = nodeAt(root, key);
          if (!node) return { root, wish: null };
          const copy = copyOf(node);
          return { root: insertAfter(root, key, copy), wish: { key: copy.key, part: 'handle', said: 'Duplicated' } };
        });
      },
      move: (key, by) =>
        edit((root) => moveNode(root, key, by), { key, part: 'handle', said: by < 0 ? 'Moved up' : 'Moved down' }),
      indent: (key) => edit((root) => indentNode(root, key), { key, part: 'handle', said: 'Moved into a group' }),
      outdent: (key) => edit((root) => outdentNode(root, key), { key, part: 'handle', said: 'Moved out of the group' }),
      wrap: (key, mode) => edit((root) => wrapNode(root, key, mode), { key, part: 'handle', said: 'Put into a group' }),
      unwrap(key) {
        dispatch((root: EditorGroup) => {
          const group = nodeAt(root, key);
          const first = group && 'children' in group ? group.children[0] : undefined;
          const wish: FocusWish | null = first ? { key: first.key, part: 'handle', said: 'Ungrouped' } : null;
          return { root: unwrapGroup(root, key), wish };
        });
      },
      undo: () => dispatch({ kind: 'undo' }),
      redo: () => dispatch({ kind: 'redo' }),
    };
  }, []);
  return { history, root: history.root, actions };
}

/** After a row is gone: its neighbour, else its group's "Add condition". */
function besideOf(root: EditorGroup, key: string): FocusWish | null {
  const place = placeOf(root, key);
  if (!place) return null;
  const beside = place.parent.children[place.index + 1] ?? place.parent.children[place.index - 1];
  if (beside) return { key: beside.key, part: 'handle', said: 'Removed' };
  const left = placeOf(root, place.parent.key);
  return { key: left ? left.parent.key : root.key, part: 'picker', said: 'Removed' };
}
