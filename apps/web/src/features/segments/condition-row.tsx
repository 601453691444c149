import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './rows.module.css';

interface ConditionRowProps {
  /** What the row is about, for its buttons' names. */
  readonly label: string;
  readonly children: ReactNode;
  readonly fault: string | null;
  readonly onRemove: () => void;
  /** Entries of the row's menu. */
  readonly menu?: ReactNode;
}

/** A condition: its words, what is missing in it, and what can be done with it. */
export function ConditionRow({ label, children, fault, onRemove, menu }: ConditionRowProps) {
  return (
    <fieldset
      className={fault ? `${classes.row} ${classes.faulty}` : classes.row}
      aria-label={label}
      style={{ margin: 0, minInlineSize: 0 }}
    >
      <div className={classes.words}>
        {children}
        {fault && (
          <div className={classes.fault} role="status">
            {fault}
          </div>
        )}
      </div>
      <div className={classes.tools}>
        {menu !== undefined && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`More for ${label}`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>{menu}</Menu.Dropdown>
          </Menu>
        )}
        <ActionIcon aria-label={`Remove ${label}`} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      </div>
    </fieldset>
  );
}
