import {
  type FieldCatalogue,
  parseRule,
  type Rule,
  type RuleFault,
  type RulePath,
  resolveRule,
} from '@mini-crm/domain';
import type { EditorBehaviour, EditorFilter, EditorGroup, EditorLeaf, EditorNode } from './editor-tree.ts';

/** What an edited tree says: a sound rule, nothing yet, or the row at fault. */
export type EditedRule =
  | { readonly state: 'sound'; readonly rule: Rule }
  | { readonly state: 'empty' }
  | { readonly state: 'faulty'; readonly fault: RuleFault; readonly key: string };

type Json = Readonly<Record<string, unknown>>;

interface Written {
  readonly json: Json;
  /** Which row a path of the JSON belongs to. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Reads an edited tree as a rule, by the language's own checks. */
export function readEditor(
  root: EditorGroup,
  clock: { readonly now: number; readonly zone: string; readonly fields: FieldCatalogue },
  zone?: string,
): EditedRule {
  if (root.children.length === 0) return { state: 'empty' };
  const { json, keys } = writeRule(root, zone);
  const parsed = parseRule(json);
  if (!parsed.ok) return { state: 'faulty', fault: parsed.error, key: keyAt(keys, parsed.error.path) ?? root.key };
  const resolved = resolveRule(parsed.value, clock);
  if (resolved.ok) return { state: 'sound', rule: parsed.value };
  return { state: 'faulty', fault: resolved.error, key: keyAt(keys, resolved.error.path) ?? root.key };
}

/** The rule of a tree, sound or not, and which row each part of it came from. */
export function writeRule(root: EditorGroup, zone?: string): Written {
  const keys = new Map<string, string>();
  const json = { version: 1, ...(zone ? { zone } : {}), root: writeNode(root, ['root'], keys) };
  return { json, keys };
}

function writeNode(node: EditorNode, path: RulePath, keys: Map<string, string>): Json {
  keys.set(path.join('/'), node.key);
  if (node.type !== 'group') return writeLeaf(node, path, keys);
  if (node.mode === 'none') {
    const [only] = node.children;
    if (only && node.children.length === 1 && !(only.type === 'group' && only.mode === 'any')) {
      return { type: 'not', child: writeNode(only, [...path, 'child'], keys) };
    }
    const child = [...path, 'child'];
    keys.set(child.join('/'), node.key);
    return { type: 'not', child: { type: 'any', children: writeChildren(node, child, keys) } };
  }
  return { type: node.mode, children: writeChildren(node, path, keys) };
}

const writeChildren = (group: EditorGroup, path: RulePath, keys: Map<string, string>) =>
  group.children.map((child, i) => writeNode(child, [...path, 'children', i], keys));

const flags = (leaf: { readonly orMissing?: boolean; readonly caseSensitive?: boolean }) => ({
  ...(leaf.orMissing ? { orMissing: true } : {}),
  ...(leaf.caseSensitive ? { caseSensitive: true } : {}),
});

function writeLeaf(leaf: EditorLeaf, path: RulePath, keys: Map<string, string>): Json {
  switch (leaf.type) {
    case 'everyone':
      return { type: 'everyone' };
    case 'attribute':
      return { type: 'attribute', field: leaf.field, test: leaf.test, ...flags(leaf) };
    case 'behaviour':
      return writeBehaviour(leaf, path, keys);
    default:
      return leaf satisfies never;
  }
}

function writeBehaviour(leaf: EditorBehaviour, path: RulePath, keys: Map<string, string>): Json {
  const { eventTypes, unit, window, measure, test, where } = leaf;
  const base = { type: 'behaviour', eventTypes, unit, window, measure, test, ...flags(leaf) };
  if (!where || where.filters.length === 0) return base;
  const [only] = where.filters;
  if (only && where.filters.length === 1) {
    keys.set([...path, 'where'].join('/'), only.key);
    return { ...base, where: writeFilter(only) };
  }
  const children = where.filters.map((filter, i) => {
    keys.set([...path, 'where', 'children', i].join('/'), filter.key);
    return writeFilter(filter);
  });
  return { ...base, where: { type: where.mode, children } };
}

function writeFilter(filter: EditorFilter): Json {
  if (filter.type === 'kept') return filter.filter;
  return { type: 'field', field: filter.field, test: filter.test, ...flags(filter) };
}

/** The row that a fault's path lies in: the longest beginning of it that is a row. */
function keyAt(keys: ReadonlyMap<string, string>, path: RulePath): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const key = keys.get(path.slice(0, length).join('/'));
    if (key !== undefined) return key;
  }
  return undefined;
}
