import type { RuleNode, SequenceNode, UnitFilter } from '@mini-crm/domain';
import {
  type DraftTest,
  type DraftWindow,
  type EditorAbsence,
  type EditorCondition,
  type EditorFilters,
  type EditorGroup,
  type EditorNode,
  type EditorSequence,
  type EditorStep,
  isGroup,
  newGroup,
  newKey,
} from './editor-tree.ts';

/** The tree of a stored rule; its root is always a group. */
export function toEditor(root: RuleNode): EditorGroup {
  const node = openNode(root);
  return isGroup(node) ? node : { ...newGroup('all', [node]), form: 'alone' };
}

function openNode(node: RuleNode): EditorNode {
  switch (node.type) {
    case 'everyone':
      return { key: newKey(), type: 'everyone' };
    case 'all':
    case 'any':
      return newGroup(node.type, node.children.map(openNode));
    case 'not':
      if (node.child.type === 'inSegment') {
        return { key: newKey(), type: 'inSegment', segmentId: node.child.segmentId, isNot: true };
      }
      return noneOf(node.child.type === 'any' ? node.child.children.map(openNode) : [openNode(node.child)], node.child);
    case 'attribute':
      return { key: newKey(), ...options(node), type: 'attribute', field: node.field, test: node.test as DraftTest };
    case 'behaviour':
      return {
        key: newKey(),
        ...options(node),
        ...events(node),
        type: 'behaviour',
        unit: node.unit,
        window: node.window as DraftWindow,
        measure: node.measure,
        test: node.test as DraftTest,
      };
    case 'sequence':
      return openSequence(node);
    case 'engagement':
      return { ...node, key: newKey(), window: node.window as DraftWindow, test: node.test as DraftTest | undefined };
    case 'inSegment':
      return { key: newKey(), type: 'inSegment', segmentId: node.segmentId, isNot: false };
    case 'rank':
      return { ...node, ...events(node), key: newKey(), window: node.window as DraftWindow };
    default:
      return node satisfies never;
  }
}

function noneOf(children: readonly EditorNode[], child: RuleNode): EditorGroup {
  const group = newGroup('none', children);
  return child.type === 'any' && children.length === 1 ? { ...group, form: 'wrapped' } : group;
}

function openSequence({ steps, notFollowedBy, window }: SequenceNode): EditorSequence {
  return {
    key: newKey(),
    type: 'sequence',
    steps: steps.map(
      (step): EditorStep => ({ key: newKey(), ...events(step), ...(step.within ? { within: step.within } : {}) }),
    ),
    ...(notFollowedBy ? { notFollowedBy: openAbsence(notFollowedBy) } : {}),
    window: window as DraftWindow,
  };
}

const openAbsence = (absence: NonNullable<SequenceNode['notFollowedBy']>): EditorAbsence => ({
  key: newKey(),
  ...events(absence),
  ...(absence.within ? { within: absence.within } : {}),
});

const events = ({ eventTypes, where }: { eventTypes: readonly string[]; where?: UnitFilter | undefined }) => ({
  eventTypes,
  where: where ? openFilters(where) : undefined,
});

function options({ orMissing, caseSensitive }: Pick<EditorCondition, 'orMissing' | 'caseSensitive'>) {
  return {
    ...(orMissing === undefined ? {} : { orMissing }),
    ...(caseSensitive === undefined ? {} : { caseSensitive }),
  };
}

function openFilters(filter: UnitFilter): EditorFilters {
  const node = openFilter(filter);
  return isGroup(node) ? node : { ...newGroup<EditorCondition>('all', [node]), form: 'alone' };
}

function openFilter(filter: UnitFilter): EditorFilters | EditorCondition {
  switch (filter.type) {
    case 'all':
    case 'any':
      return newGroup<EditorCondition>(filter.type, filter.children.map(openFilter));
    case 'not': {
      const isAny = filter.child.type === 'any';
      const children = filter.child.type === 'any' ? filter.child.children : [filter.child];
      const group = newGroup<EditorCondition>('none', children.map(openFilter));
      return isAny && children.length === 1 ? { ...group, form: 'wrapped' } : group;
    }
    case 'field':
      return { key: newKey(), ...options(filter), type: 'field', field: filter.field, test: filter.test as DraftTest };
    default:
      return filter satisfies never;
  }
}
