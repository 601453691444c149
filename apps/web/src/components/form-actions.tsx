import type { ReactNode } from 'react';
import classes from './form-actions.module.css';

interface FormActionsProps {
  /** Buttons, the main one last. */
  readonly children: ReactNode;
  /** Words at the left: "Saved 2 minutes ago", "Unsaved changes". */
  readonly note?: ReactNode;
}

/** The row of buttons that ends a form. */
export function FormActions({ children, note }: FormActionsProps) {
  return (
    <div className={classes.actions}>
      {note !== undefined && (
        <div className={classes.note} aria-live="polite">
          {note}
        </div>
      )}
      {children}
    </div>
  );
}
