import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

interface SectionProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** A table or list brings its own padding. */
  readonly flush?: boolean;
  /** What can't be undone stands in here. */
  readonly danger?: boolean;
}

/** A part of a page inside a line: the app's card. */
export function Section({ title, description, actions, children, flush = false, danger = false }: SectionProps) {
  const id = useId();
  const body = flush ? `${classes.body} ${classes.flush}` : classes.body;
  return (
    <section
      className={danger ? `${classes.section} ${classes.danger}` : classes.section}
      {...(title === undefined ? {} : { 'aria-labelledby': id })}
    >
      {(title !== undefined || actions !== undefined) && (
        <div className={classes.head}>
          <div className={classes.words}>
            <h2 id={id}>{title}</h2>
            {description !== undefined && <div className={classes.description}>{description}</div>}
          </div>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      <div className={body}>{children}</div>
    </section>
  );
}
