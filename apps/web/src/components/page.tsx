import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  readonly children: ReactNode;
  /** A form reads better narrow: 720 px instead of 1,200. */
  readonly width?: 'content' | 'form';
}

/** The column that a page's content stands in. */
export function Page({ children, width = 'content' }: PageProps) {
  return <div className={width === 'form' ? `${classes.page} ${classes.form}` : classes.page}>{children}</div>;
}
