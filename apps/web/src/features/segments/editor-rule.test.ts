import type { RuleNode } from '@mini-crm/domain';
import { compileRule, parseRule, resolveRule } from '@mini-crm/domain';
import { awkwardCustomers, awkwardFields, awkwardRules } from '@mini-crm/domain/testing';
import { describe, expect, it } from 'vitest';
import { readEditor, writeRule } from './editor-rule.ts';
import {
  addNode,
  countLeaves,
  type EditorAttribute,
  newGroup,
  removeNode,
  replaceNode,
  toEditor,
  unwrapGroup,
  wrapNode,
} from './editor-tree.ts';

const clock = { now: Date.UTC(2026, 5, 17, 12), zone: 'UTC', fields: awkwardFields };
const customers = awkwardCustomers(60, 3);
const color = (key: string, values: string[] = ['red']): EditorAttribute => ({
  key,
  type: 'attribute',
  field: 'attributes.color',
  test: { operator: 'in', values },
});

function members(rule: unknown): string[] {
  const parsed = parseRule(rule);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const resolved = resolveRule(parsed.value, clock);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return customers.filter(compileRule(resolved.value)).map(({ id }) => id);
}

describe('a stored rule in the editor', () => {
  it('means the same when it is written back', () => {
    for (const rule of awkwardRules(200, 11)) {
      const editor = toEditor(rule.root);
      if (editor.children.length > 0) expect(members(writeRule(editor, rule.zone).json)).toEqual(members(rule));
    }
  });

  it('shows a negation as a group of none', () => {
    const leaf: RuleNode = { type: 'attribute', field: 'email', test: { operator: 'isSet' } };
    expect(toEditor({ type: 'not', child: { type: 'any', children: [leaf, leaf] } })).toMatchObject({
      mode: 'none',
      children: [{ field: 'email' }, { field: 'email' }],
    });
  });
});

describe('readEditor', () => {
  it('says nothing of an empty tree, so that nobody saves everybody by accident', () => {
    expect(readEditor(newGroup('all'), clock)).toEqual({ state: 'empty' });
  });

  it('names the row that is not complete', () => {
    const inner = newGroup('none', [color('b', []), color('c')]);
    const read = readEditor(newGroup('any', [color('a'), inner]), clock);
    expect(read).toMatchObject({ state: 'faulty', key: 'b', fault: { details: { reason: 'value_wrong' } } });
  });

  it('names an empty group', () => {
    const inner = newGroup('any');
    expect(readEditor(newGroup('all', [color('a'), inner]), clock)).toMatchObject({ key: inner.key });
  });
});

describe('the tree', () => {
  const root = newGroup('all', [color('a'), newGroup('any', [color('b')])]);
  const [, group] = root.children;

  it('takes rows in and away, and empty groups with their last row', () => {
    expect(countLeaves(addNode(root, group?.key ?? '', color('c')))).toBe(3);
    expect(removeNode(root, 'b').children).toHaveLength(1);
    expect(removeNode(removeNode(root, 'b'), 'a').children).toEqual([]);
  });

  it('keeps a new group that is still empty', () => {
    const grown = addNode(root, root.key, newGroup('any'));
    expect(removeNode(grown, 'a').children).toHaveLength(2);
  });

  it('puts a row into a group of its own and back', () => {
    const wrapped = wrapNode(root, 'a', 'none');
    expect(wrapped.children[0]).toMatchObject({ type: 'group', mode: 'none', children: [{ key: 'a' }] });
    expect(unwrapGroup(wrapped, wrapped.children[0]?.key ?? '').children[0]).toMatchObject({ key: 'a' });
  });

  it('changes one row and leaves the others as they are', () => {
    const changed = replaceNode(root, { ...color('b', ['blue']) });
    expect(changed.children[0]).toBe(root.children[0]);
    expect(changed.children[1]).toMatchObject({ children: [{ test: { values: ['blue'] } }] });
  });
});
