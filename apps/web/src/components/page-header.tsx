import { Skeleton, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Count } from './numbers.tsx';
import classes from './page-header.module.css';

interface PageHeaderProps {
  readonly title: ReactNode;
  /** How many there are; `null` while it is being counted. */
  readonly count?: number | null | undefined;
  /** A state badge or another small thing beside the title. */
  readonly beside?: ReactNode;
  /** One line below the title. */
  readonly description?: ReactNode;
  /** Buttons; the main one last. */
  readonly actions?: ReactNode;
}

/** The head of every page: what it is, how many, and what can be done. */
export function PageHeader({ title, count, beside, description, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <div className={classes.title}>
          <Title order={1}>{title}</Title>
          {count === null && <Skeleton w={48} h={16} />}
          {typeof count === 'number' && (
            <span className={classes.count}>
              <Count value={count} />
            </span>
          )}
          {beside}
        </div>
        {description !== undefined && <div className={classes.description}>{description}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
