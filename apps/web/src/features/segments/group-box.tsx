import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { customerField, type FieldCatalogue } from '@mini-crm/domain';
import {
  IconBoxMultiple,
  IconCopy,
  IconFolderPlus,
  IconLetterCase,
  IconListDetails,
  IconPlus,
  IconX,
} from '@tabler/icons-react';
import { AttributeWords } from './attribute-row.tsx';
import { BehaviourWords, eventWords } from './behaviour-row.tsx';
import { ConditionPicker } from './condition-picker.tsx';
import { ConditionRow } from './condition-row.tsx';
import type { EditorGroup, EditorLeaf, EditorNode, GroupMode } from './editor-tree.ts';
import { newKey } from './editor-tree.ts';
import { withDetail } from './filter-list.tsx';
import classes from './rows.module.css';
import type { TreeActions } from './use-tree.ts';

interface GroupBoxProps {
  readonly group: EditorGroup;
  readonly fields: FieldCatalogue;
  readonly actions: TreeActions;
  readonly depth?: number;
  readonly zone: string | undefined;
  /** What is missing in a row or group, in words. */
  readonly faultAt: (key: string) => string | null;
}

const modes: { value: GroupMode; label: string }[] = [
  { value: 'all', label: 'all' },
  { value: 'any', label: 'any' },
  { value: 'none', label: 'none' },
];

// The language goes 8 deep, and a group of none takes two.
const deepest = 3;

/** Conditions that hold together: a rail with all, any or none of them. */
export function GroupBox({ group, fields, actions, depth = 0, zone, faultAt }: GroupBoxProps) {
  const fault = faultAt(group.key);
  return (
    <div className={depth === 0 ? classes.group : `${classes.group} ${classes.nested}`}>
      <div className={classes.groupHead}>
        <SegmentedControl
          aria-label={depth === 0 ? 'How conditions hold together' : 'How this group holds together'}
          data={modes}
          value={group.mode}
          onChange={(mode) => actions.replace({ ...group, mode: mode as GroupMode })}
        />
        <span className={classes.word}>of these are true</span>
        <span className={classes.spacer} />
        {depth > 0 && (
          <>
            <Button size="xs" variant="subtle" color="gray" onClick={() => actions.unwrap(group.key)}>
              Ungroup
            </Button>
            <ActionIcon aria-label="Remove group" onClick={() => actions.remove(group.key)}>
              <IconX size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      <div className={group.mode === 'none' ? `${classes.rail} ${classes.none}` : classes.rail}>
        {group.children.map((child) => (
          <Node key={child.key} node={child} {...{ fields, actions, depth, zone, faultAt }} />
        ))}
        {fault && <div className={classes.fault}>{fault}</div>}
        <div className={classes.add}>
          <ConditionPicker fields={fields} onPick={(leaf) => actions.add(group.key, leaf)} />
          {depth < deepest && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconFolderPlus size={16} stroke={1.7} />}
              onClick={() => actions.addGroup(group.key)}
            >
              Add group
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

interface NodeProps extends Omit<GroupBoxProps, 'group' | 'depth'> {
  readonly node: EditorNode;
  readonly depth: number;
}

function Node({ node, depth, ...context }: NodeProps) {
  if (node.type === 'group') return <GroupBox group={node} depth={depth + 1} {...context} />;
  return <LeafRow leaf={node} canGroup={depth < deepest} {...context} />;
}

interface LeafRowProps extends Omit<NodeProps, 'node' | 'depth'> {
  readonly leaf: EditorLeaf;
  readonly canGroup: boolean;
}

function LeafRow({ leaf, canGroup, fields, actions, zone, faultAt }: LeafRowProps) {
  const words = { fields, onChange: actions.replace, zone, faultAt };
  return (
    <ConditionRow
      label={leafLabel(leaf, fields)}
      fault={faultAt(leaf.key)}
      onRemove={() => actions.remove(leaf.key)}
      menu={<LeafMenu leaf={leaf} canGroup={canGroup} fields={fields} actions={actions} />}
    >
      {leaf.type === 'everyone' && <div className={classes.line}>Everybody</div>}
      {leaf.type === 'attribute' && <AttributeWords leaf={leaf} {...words} />}
      {leaf.type === 'behaviour' && <BehaviourWords leaf={leaf} {...words} />}
    </ConditionRow>
  );
}

function leafLabel(leaf: EditorLeaf, fields: FieldCatalogue): string {
  switch (leaf.type) {
    case 'everyone':
      return 'Everybody';
    case 'attribute':
      return customerField(fields, leaf.field)?.label ?? leaf.field;
    case 'behaviour':
      return eventWords(leaf.eventTypes, fields);
    default:
      return leaf satisfies never;
  }
}

function LeafMenu({ leaf, canGroup, fields, actions }: Pick<LeafRowProps, 'leaf' | 'canGroup' | 'fields' | 'actions'>) {
  const field = leaf.type === 'attribute' ? customerField(fields, leaf.field) : undefined;
  const isText = field?.type === 'string' || field?.type === 'stringList';
  const otherTypes =
    leaf.type === 'behaviour' ? fields.eventTypes.filter(({ type }) => !leaf.eventTypes.includes(type)) : [];
  return (
    <>
      {leaf.type === 'behaviour' && (
        <Menu.Item
          leftSection={<IconListDetails size={16} stroke={1.7} />}
          onClick={() => actions.replace(withDetail(leaf, fields))}
        >
          {leaf.unit === 'line' ? 'Only lines where …' : 'Only where …'}
        </Menu.Item>
      )}
      {leaf.type === 'behaviour' && otherTypes[0] && (
        <Menu.Item
          leftSection={<IconPlus size={16} stroke={1.7} />}
          onClick={() => actions.replace({ ...leaf, eventTypes: [...leaf.eventTypes, otherTypes[0]?.type ?? ''] })}
        >
          Together with another kind
        </Menu.Item>
      )}
      {leaf.type === 'attribute' && isText && (
        <Menu.Item
          leftSection={<IconLetterCase size={16} stroke={1.7} />}
          onClick={() => actions.replace({ ...leaf, caseSensitive: !leaf.caseSensitive })}
        >
          {leaf.caseSensitive ? 'Ignore upper and lower case' : 'Let upper and lower case count'}
        </Menu.Item>
      )}
      {canGroup && (
        <Menu.Item
          leftSection={<IconBoxMultiple size={16} stroke={1.7} />}
          onClick={() => actions.wrap(leaf.key, 'any')}
        >
          Put into a group
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconCopy size={16} stroke={1.7} />}
        onClick={() => actions.addBeside(leaf.key, { ...leaf, key: newKey() })}
      >
        Duplicate condition
      </Menu.Item>
    </>
  );
}
