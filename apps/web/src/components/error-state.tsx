import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';
import { errorWords } from './error-words.ts';
import { readError } from './read-error.ts';

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly actions?: ReactNode;
  readonly compact?: boolean;
}

/** A part of the page that could not be loaded: what happened, what to do, and for a bug the id that is found in the log. */
export function ErrorState({ error, onRetry, actions, compact = false }: ErrorStateProps) {
  const read = readError(error);
  const words = errorWords(read);
  const Icon = read.code === 'offline' ? IconCloudOff : IconAlertTriangle;
  return (
    <div role="alert" className={compact ? `${classes.empty} ${classes.compact}` : classes.empty}>
      <span className={classes.icon} style={{ color: 'var(--crm-danger)' }} aria-hidden>
        <Icon size={22} stroke={1.6} />
      </span>
      <h2>{words.title}</h2>
      <div className={classes.description}>{words.text}</div>
      {(onRetry || actions) && (
        <div className={classes.actions}>
          {onRetry && (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {actions}
        </div>
      )}
      {read.id && read.code === 'unexpected' && <div className={classes.id}>Error id {read.id}</div>}
    </div>
  );
}
