import { Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon?: ComponentType<{ size?: number; stroke?: number }>;
  /** What is not here: "No customers yet". */
  readonly title: string;
  /** What this is for. */
  readonly children?: ReactNode;
  /** The first step. */
  readonly actions?: ReactNode;
  /** Less air, for a table or a card that is empty. */
  readonly compact?: boolean;
}

/** Nothing here: says what this is for and offers the first step. */
export function EmptyState({ icon: Icon, title, children, actions, compact = false }: EmptyStateProps) {
  return (
    <div className={compact ? `${classes.empty} ${classes.compact}` : classes.empty}>
      {Icon && (
        <span className={classes.icon} aria-hidden>
          <Icon size={22} stroke={1.6} />
        </span>
      )}
      <Title order={2}>{title}</Title>
      {children !== undefined && <div className={classes.description}>{children}</div>}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
