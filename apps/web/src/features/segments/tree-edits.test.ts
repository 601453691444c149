import { describe, expect, it } from 'vitest';
import { type EditorAttribute, type EditorNode, isGroup, newGroup } from './editor-tree.ts';
import {
  addNode,
  copyOf,
  countLeaves,
  indentNode,
  moveNode,
  outdentNode,
  removeNode,
  replaceNode,
  unwrapGroup,
  wrapNode,
} from './tree-edits.ts';

const row = (key: string, values: string[] = ['red']): EditorAttribute => ({
  key,
  type: 'attribute',
  field: 'attributes.color',
  test: { operator: 'in', values },
});
const group = newGroup('any', [row('b'), row('c')]);
const root = newGroup('all', [row('a'), group, row('d')]);

/** `a (b c) d`: the keys of the rows in order, groups in brackets. */
function shape(node: EditorNode): string {
  return isGroup(node) ? `(${node.children.map(shape).join(' ')})` : node.key;
}

describe('the tree', () => {
  it('takes rows in and away, and empty groups with their last row', () => {
    expect(shape(addNode(root, group.key, row('e')))).toBe('(a (b c e) d)');
    expect(countLeaves(root)).toBe(4);
    expect(shape(removeNode(removeNode(root, 'b'), 'c'))).toBe('(a d)');
    expect(removeNode(newGroup('all', [row('a')]), 'a').children).toEqual([]);
  });

  it('keeps a new group that is still empty', () => {
    expect(shape(removeNode(addNode(root, root.key, newGroup('any')), 'a'))).toBe('((b c) d ())');
  });

  it('moves rows and groups among their own, and stops at the ends', () => {
    expect(shape(moveNode(root, 'a', 1))).toBe('((b c) a d)');
    expect(shape(moveNode(root, group.key, 1))).toBe('(a d (b c))');
    expect(shape(moveNode(root, 'c', -1))).toBe('(a (c b) d)');
    expect(moveNode(root, 'a', -1)).toBe(root);
    expect(moveNode(root, 'c', 1)).toBe(root);
  });

  it('moves a row into the group above, else below, else into one of its own', () => {
    expect(shape(indentNode(root, 'd'))).toBe('(a (b c d))');
    expect(shape(indentNode(root, 'a'))).toBe('((a b c) d)');
    expect(shape(indentNode(root, 'b'))).toBe('(a ((b) c) d)');
  });

  it('moves a row out behind its group, which goes with its last row', () => {
    expect(shape(outdentNode(root, 'b'))).toBe('(a (c) b d)');
    expect(shape(outdentNode(outdentNode(root, 'b'), 'c'))).toBe('(a c b d)');
    expect(outdentNode(root, 'a')).toBe(root);
  });

  it('puts a row into a group of its own and back', () => {
    const wrapped = wrapNode(root, 'a', 'none');
    expect(shape(wrapped)).toBe('((a) (b c) d)');
    expect(shape(unwrapGroup(wrapped, wrapped.children[0]?.key ?? ''))).toBe('(a (b c) d)');
  });

  it('changes one row and leaves the others the same objects', () => {
    const changed = replaceNode(root, row('b', ['blue']));
    expect(changed.children[0]).toBe(root.children[0]);
    expect(changed.children[1]).toMatchObject({ children: [{ test: { values: ['blue'] } }, { key: 'c' }] });
    expect(replaceNode(root, row('gone'))).toBe(root);
  });

  it('copies a group under keys of its own', () => {
    const copy = copyOf(group);
    expect(copy.children.map(({ key }) => key)).not.toContain('b');
    expect(copy).toMatchObject({ mode: 'any', children: [{ test: { values: ['red'] } }, {}] });
  });
});
