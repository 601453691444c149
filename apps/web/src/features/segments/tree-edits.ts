import { type Group, type GroupMode, isGroup, type Keyed, newGroup, newKey } from './editor-tree.ts';

type Child<Leaf extends Keyed> = Group<Leaf> | Leaf;

/** The group with some of its rows, or rows of its groups, exchanged for others. What did not change is the same object. */
function mapRows<Leaf extends Keyed>(
  group: Group<Leaf>,
  change: (child: Child<Leaf>, index: number, siblings: readonly Child<Leaf>[]) => readonly Child<Leaf>[] | null,
): Group<Leaf> {
  let changed = false;
  const children = group.children.flatMap((child, i): readonly Child<Leaf>[] => {
    const next = change(child, i, group.children) ?? (isGroup(child) ? [mapRows(child, change)] : [child]);
    if (next.length !== 1 || next[0] !== child) changed = true;
    return next;
  });
  return changed ? { ...group, children } : group;
}

/** Where a row stands: its group and its place in it; undefined for the root and for rows that are not there. */
export function placeOf<Leaf extends Keyed>(
  root: Group<Leaf>,
  key: string,
): { readonly parent: Group<Leaf>; readonly index: number } | undefined {
  const index = root.children.findIndex((child) => child.key === key);
  if (index >= 0) return { parent: root, index };
  for (const child of root.children) {
    const found = isGroup(child) ? placeOf(child, key) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The row or group with a key. */
export function nodeAt<Leaf extends Keyed>(root: Group<Leaf>, key: string): Child<Leaf> | undefined {
  if (root.key === key) return root;
  const place = placeOf(root, key);
  return place?.parent.children[place.index];
}

/** Puts a node into a group, at its end. */
export function addNode<Leaf extends Keyed>(root: Group<Leaf>, groupKey: string, node: Child<Leaf>): Group<Leaf> {
  const group = nodeAt(root, groupKey);
  if (!group || !isGroup(group)) return root;
  return replaceNode(root, { ...group, children: [...group.children, node] });
}

/** Puts a node behind the one with a key, in the same group. */
export const insertAfter = <Leaf extends Keyed>(root: Group<Leaf>, key: string, node: Child<Leaf>): Group<Leaf> =>
  mapRows(root, (child) => (child.key === key ? [child, node] : null));

/** Takes a node away; groups that become empty go with it, the root stays. */
export const removeNode = <Leaf extends Keyed>(root: Group<Leaf>, key: string): Group<Leaf> =>
  mapRows(root, (child) => {
    if (child.key === key) return [];
    if (!isGroup(child)) return null;
    const rest = removeNode(child, key);
    return rest.children.length === 0 && child.children.length > 0 ? [] : [rest];
  });

/** Puts a changed row, or a changed group, in the place of the one with its key. */
export function replaceNode<Leaf extends Keyed>(root: Group<Leaf>, node: Child<Leaf>): Group<Leaf> {
  if (root.key === node.key) return isGroup(node) ? node : root;
  return mapRows(root, (child) => (child.key === node.key ? [node] : null));
}

/** Puts a node into a new group of its own, so that others can join it there. */
export const wrapNode = <Leaf extends Keyed>(root: Group<Leaf>, key: string, mode: GroupMode): Group<Leaf> =>
  mapRows(root, (child) => (child.key === key ? [newGroup<Leaf>(mode, [child])] : null));

/** Moves the rows of a group up into the group around it. Changes what the rule means unless their modes agree. */
export const unwrapGroup = <Leaf extends Keyed>(root: Group<Leaf>, key: string): Group<Leaf> =>
  mapRows(root, (child) => (child.key === key && isGroup(child) ? child.children : null));

/** Moves a row among those of its group; at its ends nothing happens. */
export function moveNode<Leaf extends Keyed>(root: Group<Leaf>, key: string, by: -1 | 1): Group<Leaf> {
  const place = placeOf(root, key);
  if (!place) return root;
  const { parent, index } = place;
  const other = parent.children[index + by];
  const node = parent.children[index];
  if (!other || !node) return root;
  const children = parent.children.map((child, i) => (i === index ? other : i === index + by ? node : child));
  return replaceNode(root, { ...parent, children });
}

/** Moves a row into the group above it, else into the one below, else into a new group of its own. */
export function indentNode<Leaf extends Keyed>(root: Group<Leaf>, key: string): Group<Leaf> {
  const place = placeOf(root, key);
  const node = place?.parent.children[place.index];
  if (!place || !node) return root;
  const { parent, index } = place;
  const above = parent.children[index - 1];
  const below = parent.children[index + 1];
  const grown =
    above && isGroup(above)
      ? { ...above, children: [...above.children, node] }
      : below && isGroup(below)
        ? { ...below, children: [node, ...below.children] }
        : undefined;
  if (!grown) return wrapNode(root, key, parent.mode === 'all' ? 'any' : 'all');
  const children = parent.children
    .filter((child) => child.key !== key)
    .map((child) => (child.key === grown.key ? grown : child));
  return replaceNode(root, { ...parent, children });
}

/** Moves a row out of its group, behind it; the last one takes the group with it. */
export function outdentNode<Leaf extends Keyed>(root: Group<Leaf>, key: string): Group<Leaf> {
  const place = placeOf(root, key);
  const node = place?.parent.children[place.index];
  if (!place || !node || place.parent.key === root.key) return root;
  const rest = place.parent.children.filter((child) => child.key !== key);
  return mapRows(root, (child) => {
    if (child.key !== place.parent.key) return null;
    return rest.length === 0 ? [node] : [{ ...place.parent, children: rest }, node];
  });
}

/** The same once more, under new keys. */
export function copyOf<T>(node: T): T {
  if (Array.isArray(node)) return node.map(copyOf) as T;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, name === 'key' ? newKey() : copyOf(value)]),
  ) as T;
}

/** How many conditions a tree has. */
export function countLeaves<Leaf extends Keyed>(node: Child<Leaf>): number {
  return isGroup(node) ? node.children.reduce((sum, child) => sum + countLeaves(child), 0) : 1;
}
