import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { ruleLimits } from '@mini-crm/domain';
import { IconFolderPlus, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { FaultOf, useBuilder, useFull } from './builder-context.tsx';
import { ConditionPicker } from './condition-picker.tsx';
import { ConditionRow, type Place, RowMenu } from './condition-row.tsx';
import { type EditorGroup, type GroupMode, isGroup } from './editor-tree.ts';
import classes from './rows.module.css';
import { useGrowing } from './use-growing.ts';

interface GroupBoxProps {
  readonly group: EditorGroup;
  /** How deep its node lies in the rule: 1 for the root. */
  readonly depth?: number;
  /** Null for the root. */
  readonly place?: Place | null;
}

const modes: { value: GroupMode; label: string }[] = [
  { value: 'all', label: 'all' },
  { value: 'any', label: 'any' },
  { value: 'none', label: 'none' },
];

const levels = 4;

/** Conditions that hold together: a rail with all, any or none of them. */
export const GroupBox = memo(function GroupBox({ group, depth = 1, ...around }: GroupBoxProps) {
  const { actions } = useBuilder();
  const full = useFull();
  const place = around.place ?? null;
  const drawn = useGrowing(group.children.length);
  // "None" is two nodes: not, any.
  const below = depth + (group.mode === 'none' ? 2 : 1);
  // A group below with a condition in it, or with a "none" to choose.
  const canGroup = below + 2 <= ruleLimits.depth && depth <= levels;
  return (
    <div
      className={place ? `${classes.group} ${classes.nested}` : classes.group}
      data-node={group.key}
      data-row={place ? group.key : undefined}
      data-group={group.key}
    >
      <div className={classes.groupHead}>
        <SegmentedControl
          aria-label={place ? 'How this group holds together' : 'How conditions hold together'}
          data={modes}
          value={group.mode}
          onChange={(mode) => actions.replace({ ...group, mode: mode as GroupMode })}
        />
        <span className={classes.word}>of these are true</span>
        <span className={classes.spacer} />
        {place && (
          <>
            <Button size="xs" variant="subtle" color="gray" onClick={() => actions.unwrap(group.key)}>
              Ungroup
            </Button>
            <RowMenu nodeKey={group.key} label="group" {...place} />
            <ActionIcon aria-label="Remove group" onClick={() => actions.remove(group.key)}>
              <IconX size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      <div className={group.mode === 'none' ? `${classes.rail} ${classes.none}` : classes.rail}>
        {group.children.slice(0, drawn).map((child, i) => {
          const isFirst = i === 0;
          const isLast = i === group.children.length - 1;
          const isTop = place === null;
          if (isGroup(child))
            return (
              <NestedGroup key={child.key} group={child} depth={below} {...{ isFirst, isLast, isTop, canGroup }} />
            );
          return <ConditionRow key={child.key} leaf={child} {...{ isFirst, isLast, isTop, canGroup }} />;
        })}
        <FaultOf at={group.key} />
        <div className={classes.add}>
          <ConditionPicker group={group} />
          {canGroup && (
            <Button
              variant="subtle"
              color="gray"
              disabled={full !== null}
              leftSection={<IconFolderPlus size={16} stroke={1.7} />}
              data-add-group={group.key}
              onClick={() => actions.addGroup(group.key)}
            >
              Add group
            </Button>
          )}
        </div>
      </div>
    </div>
  );
});

interface NestedGroupProps extends Place {
  readonly group: EditorGroup;
  readonly depth: number;
}

const NestedGroup = memo(function NestedGroup({ group, depth, isFirst, isLast, isTop, canGroup }: NestedGroupProps) {
  return <GroupBox group={group} depth={depth} place={{ isFirst, isLast, isTop, canGroup }} />;
});
