import {
  checkRule,
  type FieldCatalogue,
  parseRule,
  type Rule,
  type RuleFault,
  type RulePath,
  type SegmentId,
} from '@mini-crm/domain';
import {
  type EditorCondition,
  type EditorFilters,
  type EditorGroup,
  type EditorLeaf,
  type EditorSequence,
  type EventChoice,
  type Group,
  isGroup,
  type Keyed,
} from './editor-tree.ts';

/** What an edited tree says: a sound rule, nothing yet, or the row at fault. */
export type EditedRule =
  | { readonly state: 'sound'; readonly rule: Rule; readonly keys: RowKeys }
  | { readonly state: 'empty' }
  | { readonly state: 'faulty'; readonly fault: RuleFault; readonly key: string };

/** Which row a path of the written rule belongs to. */
export type RowKeys = ReadonlyMap<string, string>;

type Json = Readonly<Record<string, unknown>>;

/** Reads an edited tree as a rule, by the language's own checks. What only the server knows (cycles) it says itself. */
export function readEditor(
  root: EditorGroup,
  clock: { readonly now: number; readonly zone: string; readonly fields: FieldCatalogue },
  zone?: string,
): EditedRule {
  if (root.children.length === 0) return { state: 'empty' };
  const { json, keys } = writeRule(root, zone);
  const faulty = (fault: RuleFault): EditedRule => ({
    state: 'faulty',
    fault,
    key: keyAt(keys, fault.path) ?? root.key,
  });
  const parsed = parseRule(json);
  if (!parsed.ok) return faulty(parsed.error);
  const segments = new Map<SegmentId, null>(clock.fields.segments.map(({ id }) => [id, null]));
  const checked = checkRule(parsed.value, { ...clock, segments });
  return checked.ok ? { state: 'sound', rule: parsed.value, keys } : faulty(checked.error);
}

/** The rule of a tree, sound or not, and which row each part of it came from. */
export function writeRule(root: EditorGroup, zone?: string): { readonly json: Json; readonly keys: RowKeys } {
  const keys = new Map<string, string>();
  const json = { version: 1, ...(zone ? { zone } : {}), root: writeNode(root, ['root'], { keys, writeLeaf }) };
  return { json, keys };
}

interface Writing<Leaf extends Keyed> {
  readonly keys: Map<string, string>;
  readonly writeLeaf: (leaf: Leaf, path: RulePath, keys: Map<string, string>) => Json;
}

function writeNode<Leaf extends Keyed>(node: Group<Leaf> | Leaf, path: RulePath, writing: Writing<Leaf>): Json {
  const { keys } = writing;
  keys.set(path.join('/'), node.key);
  if (!isGroup(node)) return writing.writeLeaf(node, path, keys);
  const { mode, children, form } = node;
  const only = children.length === 1 ? children[0] : undefined;
  const all = (at: RulePath) => children.map((child, i) => writeNode(child, [...at, 'children', i], writing));
  if (mode !== 'none') {
    return only && form === 'alone' ? writeNode(only, path, writing) : { type: mode, children: all(path) };
  }
  const child = [...path, 'child'];
  // Not any of one is not that one, unless that one is itself an "any": it would be read as the rows of this group.
  if (only && form !== 'wrapped' && !(isGroup(only) && only.mode === 'any')) {
    return { type: 'not', child: writeNode(only, child, writing) };
  }
  keys.set(child.join('/'), node.key);
  return { type: 'not', child: { type: 'any', children: all(child) } };
}

const flags = ({ orMissing, caseSensitive }: Pick<EditorCondition, 'orMissing' | 'caseSensitive'>) => ({
  ...(orMissing === undefined ? {} : { orMissing }),
  ...(caseSensitive === undefined ? {} : { caseSensitive }),
});

function writeLeaf(leaf: EditorLeaf, path: RulePath, keys: Map<string, string>): Json {
  switch (leaf.type) {
    case 'everyone':
      return { type: 'everyone' };
    case 'attribute':
      return { type: 'attribute', field: leaf.field, test: leaf.test, ...flags(leaf) };
    case 'behaviour': {
      const { type, unit, window, measure, test } = leaf;
      return { type, ...writeEvents(leaf, path, keys), unit, window, measure, test, ...flags(leaf) };
    }
    case 'sequence':
      return writeSequence(leaf, path, keys);
    case 'engagement': {
      const { type, kind, window, campaignId, test, includeMachine } = leaf;
      return { type, kind, window, ...present({ campaignId, test, includeMachine }) };
    }
    case 'inSegment': {
      const node = { type: 'inSegment', segmentId: leaf.segmentId };
      return leaf.isNot ? { type: 'not', child: node } : node;
    }
    case 'rank': {
      const { type, direction, amount, of, unit, window, measure } = leaf;
      return { type, direction, amount, of, ...writeEvents(leaf, path, keys), unit, window, measure };
    }
    default:
      return leaf satisfies never;
  }
}

function writeSequence({ steps, notFollowedBy, window }: EditorSequence, path: RulePath, keys: Map<string, string>) {
  const written = steps.map((step, i) => {
    const at = [...path, 'steps', i];
    keys.set(at.join('/'), step.key);
    return { ...writeEvents(step, at, keys), ...present({ within: step.within }) };
  });
  if (!notFollowedBy) return { type: 'sequence', steps: written, window };
  const at = [...path, 'notFollowedBy'];
  keys.set(at.join('/'), notFollowedBy.key);
  const absence = { ...writeEvents(notFollowedBy, at, keys), ...present({ within: notFollowedBy.within }) };
  return { type: 'sequence', steps: written, notFollowedBy: absence, window };
}

function writeEvents({ eventTypes, where }: EventChoice, path: RulePath, keys: Map<string, string>) {
  if (!where || where.children.length === 0) return { eventTypes };
  return { eventTypes, where: writeFilters(where, [...path, 'where'], keys) };
}

const writeFilters = (filters: EditorFilters, path: RulePath, keys: Map<string, string>): Json =>
  writeNode(filters, path, {
    keys,
    writeLeaf: (filter) => ({ type: 'field', field: filter.field, test: filter.test, ...flags(filter) }),
  });

const present = (parts: Json): Json =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

/** The row that a fault's path lies in: the longest beginning of it that is a row. */
export function keyAt(keys: RowKeys, path: RulePath): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const key = keys.get(path.slice(0, length).join('/'));
    if (key !== undefined) return key;
  }
  return undefined;
}
