import type { Measure, Operator, RuleNode, UnitFilter, Window } from '@mini-crm/domain';

/** A test as it is being typed: its parts may be missing or unfit, which the language itself then refuses. */
export interface DraftTest {
  readonly operator: Operator;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
  readonly from?: unknown;
  readonly to?: unknown;
  readonly window?: DraftWindow;
  readonly compare?: string;
}

/** A window as it is being typed. */
export type DraftWindow = { readonly type: Window['type'] } & Readonly<Record<string, unknown>>;

/** How the parts of a group hold together; none is "not any of them". */
export type GroupMode = 'all' | 'any' | 'none';

interface Keyed {
  /** Stays with a row while the rows around it come and go. */
  readonly key: string;
}

export interface EditorGroup extends Keyed {
  readonly type: 'group';
  readonly mode: GroupMode;
  readonly children: readonly EditorNode[];
}

interface LeafOptions {
  readonly orMissing?: boolean;
  readonly caseSensitive?: boolean;
}

export interface EditorAttribute extends Keyed, LeafOptions {
  readonly type: 'attribute';
  readonly field: string;
  readonly test: DraftTest;
}

export interface EditorBehaviour extends Keyed, LeafOptions {
  readonly type: 'behaviour';
  readonly eventTypes: readonly string[];
  readonly unit: 'event' | 'line';
  readonly where?: EditorFilters | undefined;
  readonly window: DraftWindow;
  readonly measure: Measure;
  readonly test: DraftTest;
}

/** The conditions on one event or line: a flat list, as people write them; deeper trees are kept as they are. */
export interface EditorFilters {
  readonly mode: 'all' | 'any';
  readonly filters: readonly EditorFilter[];
}

export type EditorFilter = EditorCondition | EditorKept;

export interface EditorCondition extends Keyed, LeafOptions {
  readonly type: 'field';
  readonly field: string;
  readonly test: DraftTest;
}

/** Something that this editor shows in words only, and never changes or loses. */
export interface EditorKept extends Keyed {
  readonly type: 'kept';
  readonly filter: UnitFilter;
}

export interface EditorEveryone extends Keyed {
  readonly type: 'everyone';
}

export type EditorLeaf = EditorAttribute | EditorBehaviour | EditorEveryone;
export type EditorNode = EditorGroup | EditorLeaf;

let lastKey = 0;
/** A key that no row of this page has yet. */
export const newKey = (): string => `k${++lastKey}`;

export const newGroup = (mode: GroupMode, children: readonly EditorNode[] = []): EditorGroup => ({
  key: newKey(),
  type: 'group',
  mode,
  children,
});

/** The tree of a stored rule; its root is always a group. */
export function toEditor(root: RuleNode): EditorGroup {
  const node = fromNode(root);
  return node.type === 'group' ? node : newGroup('all', node.type === 'everyone' ? [] : [node]);
}

function fromNode(node: RuleNode): EditorNode {
  switch (node.type) {
    case 'everyone':
      return { key: newKey(), type: 'everyone' };
    case 'all':
    case 'any':
      return newGroup(node.type, node.children.map(fromNode));
    case 'not':
      return newGroup('none', node.child.type === 'any' ? node.child.children.map(fromNode) : [fromNode(node.child)]);
    case 'attribute':
      return { key: newKey(), ...options(node), type: 'attribute', field: node.field, test: node.test as DraftTest };
    case 'behaviour':
      return {
        key: newKey(),
        ...options(node),
        type: 'behaviour',
        eventTypes: node.eventTypes,
        unit: node.unit,
        ...(node.where ? { where: fromFilter(node.where) } : {}),
        window: node.window as DraftWindow,
        measure: node.measure,
        test: node.test as DraftTest,
      };
    default:
      return node satisfies never;
  }
}

const options = ({
  orMissing,
  caseSensitive,
}: {
  orMissing?: boolean | undefined;
  caseSensitive?: boolean | undefined;
}): LeafOptions => ({ ...(orMissing ? { orMissing } : {}), ...(caseSensitive ? { caseSensitive } : {}) });

function fromFilter(filter: UnitFilter): EditorFilters {
  const isList = filter.type === 'all' || filter.type === 'any';
  const filters = isList ? filter.children : [filter];
  return {
    mode: filter.type === 'any' ? 'any' : 'all',
    filters: filters.map((one): EditorFilter => {
      if (one.type !== 'field') return { key: newKey(), type: 'kept', filter: one };
      return { key: newKey(), ...options(one), type: 'field', field: one.field, test: one.test as DraftTest };
    }),
  };
}

/** Puts a node into a group, at its end. */
export function addNode(root: EditorGroup, groupKey: string, node: EditorNode): EditorGroup {
  return mapGroup(root, groupKey, (group) => ({ ...group, children: [...group.children, node] }));
}

/** Puts a node behind the one with a key, in the same group. */
export function insertAfter(root: EditorGroup, key: string, node: EditorNode): EditorGroup {
  return {
    ...root,
    children: root.children.flatMap((child): readonly EditorNode[] => {
      if (child.key === key) return [child, node];
      return [child.type === 'group' ? insertAfter(child, key, node) : child];
    }),
  };
}

/** Takes a node away; groups that become empty go with it, the root stays. */
export function removeNode(root: EditorGroup, key: string): EditorGroup {
  const without = (group: EditorGroup): EditorGroup => ({
    ...group,
    children: group.children.flatMap((child): readonly EditorNode[] => {
      if (child.key === key) return [];
      if (child.type !== 'group') return [child];
      const rest = without(child);
      return rest.children.length === 0 && child.children.length > 0 ? [] : [rest];
    }),
  });
  return without(root);
}

/** Puts a changed row, or a changed group, in the place of the one with its key. */
export function replaceNode(root: EditorGroup, node: EditorNode): EditorGroup {
  if (root.key === node.key) return node.type === 'group' ? node : root;
  return {
    ...root,
    children: root.children.map((child) => {
      if (child.key === node.key) return node;
      return child.type === 'group' ? replaceNode(child, node) : child;
    }),
  };
}

/** Puts a node into a new group of its own, so that others can join it there. */
export function wrapNode(root: EditorGroup, key: string, mode: GroupMode): EditorGroup {
  return {
    ...root,
    children: root.children.map((child) => {
      if (child.key === key) return newGroup(mode, [child]);
      return child.type === 'group' ? wrapNode(child, key, mode) : child;
    }),
  };
}

/** Moves the rows of a group up into the group around it. Changes what the rule means unless their modes agree. */
export function unwrapGroup(root: EditorGroup, key: string): EditorGroup {
  return {
    ...root,
    children: root.children.flatMap((child): readonly EditorNode[] => {
      if (child.type !== 'group') return [child];
      return child.key === key ? child.children : [unwrapGroup(child, key)];
    }),
  };
}

function mapGroup(root: EditorGroup, key: string, change: (group: EditorGroup) => EditorGroup): EditorGroup {
  if (root.key === key) return change(root);
  return {
    ...root,
    children: root.children.map((child) => (child.type === 'group' ? mapGroup(child, key, change) : child)),
  };
}

/** How many conditions a tree has. */
export function countLeaves(node: EditorNode): number {
  return node.type === 'group' ? node.children.reduce((sum, child) => sum + countLeaves(child), 0) : 1;
}
