import { ActionIcon, Kbd, Menu } from '@mantine/core';
import { customerField, type FieldCatalogue } from '@mini-crm/domain';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDots,
  IconIndentDecrease,
  IconIndentIncrease,
  IconX,
} from '@tabler/icons-react';
import { memo } from 'react';
import { AttributeWords } from './attribute-row.tsx';
import { BehaviourWords } from './behaviour-row.tsx';
import { FaultOf, useBuilder, useFull } from './builder-context.tsx';
import type { EditorLeaf } from './editor-tree.ts';
import { EngagementWords } from './engagement-row.tsx';
import { InSegmentWords } from './in-segment-row.tsx';
import { RankWords } from './rank-row.tsx';
import classes from './rows.module.css';
import { SequenceWords } from './sequence-row.tsx';
import { SubjectSelect } from './subject-select.tsx';
import { eventWords } from './subjects.ts';

/** Where a row stands among the others of its group. */
export interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Not in a group of the root. */
  readonly isTop: boolean;
  /** Whether the language goes one level deeper. */
  readonly canGroup: boolean;
}

interface ConditionRowProps extends Place {
  readonly leaf: EditorLeaf;
}

/** A condition: its words, what is missing in it, and what can be done with it. Rows that did not change are not drawn again. */
export const ConditionRow = memo(function ConditionRow({ leaf, ...place }: ConditionRowProps) {
  const { fields, actions } = useBuilder();
  const label = leafLabel(leaf, fields);
  return (
    <fieldset className={classes.row} aria-label={label} data-node={leaf.key} data-row={leaf.key}>
      <div className={classes.words}>
        <Words leaf={leaf} label={label} />
        <FaultOf at={leaf.key} />
      </div>
      <div className={classes.tools}>
        <RowMenu nodeKey={leaf.key} label={label} {...place} />
        <ActionIcon aria-label={`Remove ${label}`} onClick={() => actions.remove(leaf.key)}>
          <IconX size={16} />
        </ActionIcon>
      </div>
    </fieldset>
  );
});

function Words({ leaf, label }: { readonly leaf: EditorLeaf; readonly label: string }) {
  switch (leaf.type) {
    case 'everyone':
      return (
        <div className={classes.line}>
          <SubjectSelect label={label} leaf={leaf} />
          <span className={classes.word}>whoever they are</span>
        </div>
      );
    case 'attribute':
      return <AttributeWords leaf={leaf} label={label} />;
    case 'behaviour':
      return <BehaviourWords leaf={leaf} label={label} />;
    case 'sequence':
      return <SequenceWords leaf={leaf} label={label} />;
    case 'engagement':
      return <EngagementWords leaf={leaf} label={label} />;
    case 'inSegment':
      return <InSegmentWords leaf={leaf} label={label} />;
    case 'rank':
      return <RankWords leaf={leaf} label={label} />;
    default:
      return leaf satisfies never;
  }
}

function leafLabel(leaf: EditorLeaf, fields: FieldCatalogue): string {
  switch (leaf.type) {
    case 'everyone':
      return 'Everybody';
    case 'attribute':
      return customerField(fields, leaf.field)?.label ?? leaf.field.replace(/^attributes\./, '');
    case 'behaviour':
      return eventWords(leaf.eventTypes, fields, leaf.unit);
    case 'sequence':
      return 'Events in order';
    case 'engagement':
      return 'Campaign messages';
    case 'inSegment':
      return 'Another segment';
    case 'rank':
      return 'Best or last customers';
    default:
      return leaf satisfies never;
  }
}

interface RowMenuProps extends Place {
  readonly nodeKey: string;
  readonly label: string;
}

/** What can be done with a row or group as a whole, each with its key. */
export function RowMenu({ nodeKey, label, isFirst, isLast, isTop, canGroup }: RowMenuProps) {
  const { actions } = useBuilder();
  const full = useFull();
  const size = { size: 16, stroke: 1.7 };
  return (
    <Menu position="bottom-end" width={272}>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${label}`} data-handle={nodeKey}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp {...size} />}
          rightSection={<Kbd size="xs">Alt ↑</Kbd>}
          disabled={isFirst}
          onClick={() => actions.move(nodeKey, -1)}
        >
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown {...size} />}
          rightSection={<Kbd size="xs">Alt ↓</Kbd>}
          disabled={isLast}
          onClick={() => actions.move(nodeKey, 1)}
        >
          Move down
        </Menu.Item>
        <Menu.Item
          leftSection={<IconIndentIncrease {...size} />}
          rightSection={<Kbd size="xs">Alt →</Kbd>}
          disabled={!canGroup}
          onClick={() => actions.indent(nodeKey)}
        >
          Put into a group
        </Menu.Item>
        <Menu.Item
          leftSection={<IconIndentDecrease {...size} />}
          rightSection={<Kbd size="xs">Alt ←</Kbd>}
          disabled={isTop}
          onClick={() => actions.outdent(nodeKey)}
        >
          Take out of the group
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconCopy {...size} />}
          rightSection={<Kbd size="xs">Alt D</Kbd>}
          disabled={full !== null}
          onClick={() => actions.duplicate(nodeKey)}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconX {...size} />}
          rightSection={<Kbd size="xs">Alt Del</Kbd>}
          onClick={() => actions.remove(nodeKey)}
        >
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
