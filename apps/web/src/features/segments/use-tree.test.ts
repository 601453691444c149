import { describe, expect, it } from 'vitest';
import { type EditorAttribute, newGroup } from './editor-tree.ts';
import { stepTree, type TreeHistory } from './use-tree.ts';

const row = (value: string): EditorAttribute => ({
  key: 'a',
  type: 'attribute',
  field: 'email',
  test: { operator: 'eq', value },
});
const begin: TreeHistory = { root: newGroup('all', [row('')]), past: [], future: [], wish: null, typed: null };
const type = (history: TreeHistory, value: string, at: number) =>
  stepTree(history, { kind: 'type', node: row(value), at });
const undo = (history: TreeHistory) => stepTree(history, { kind: 'undo' });
const redo = (history: TreeHistory) => stepTree(history, { kind: 'redo' });
const textOf = ({ root }: TreeHistory) => (root.children[0] as EditorAttribute).test.value;

describe('undo', () => {
  it('takes back a word that was typed in one go, and brings it again', () => {
    const typed = type(type(type(begin, 'a', 1_000), 'an', 1_200), 'ann', 1_400);
    expect(textOf(undo(typed))).toBe('');
    expect(undo(typed).root).toBe(begin.root);
    expect(textOf(redo(undo(typed)))).toBe('ann');
  });

  it('keeps words apart that were typed one after the other', () => {
    const typed = type(type(begin, 'ann', 1_000), 'annabel', 9_000);
    expect(textOf(undo(typed))).toBe('ann');
  });

  it('forgets what was undone once something else is typed', () => {
    const typed = type(undo(type(begin, 'ann', 1_000)), 'bob', 9_000);
    expect(redo(typed)).toBe(typed);
    expect(textOf(undo(typed))).toBe('');
  });

  it('has nothing to take back where nothing changed', () => {
    expect(undo(begin)).toBe(begin);
    const same = stepTree(begin, { kind: 'edit', root: begin.root, wish: null });
    expect(same).toBe(begin);
  });
});
