import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './account-page.module.css';

interface AccountPageProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Another way on: "New here? Sign up". */
  readonly below?: ReactNode;
}

/** The frame of the pages before one is inside: one card, one thing to do. */
export function AccountPage({ title, description, children, below }: AccountPageProps) {
  useDocumentTitle(`${title} · Mini CRM`);
  return (
    <main className={classes.page}>
      <div className={classes.middle}>
        <div className={classes.mark}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          Mini CRM
        </div>
        <div className={classes.card}>
          <Title order={1}>{title}</Title>
          {description !== undefined && <p>{description}</p>}
          {children}
        </div>
        {below !== undefined && <div className={classes.below}>{below}</div>}
      </div>
    </main>
  );
}
