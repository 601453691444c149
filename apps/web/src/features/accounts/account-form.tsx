import type { FormEvent, ReactNode } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import classes from './account-page.module.css';

interface AccountFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly error: unknown;
  readonly children: ReactNode;
}

/** Fields below each other, with a refusal above the button that caused it. The last child is the button. */
export function AccountForm({ onSubmit, error, children }: AccountFormProps) {
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <ErrorNotice error={error} />
      {children}
    </form>
  );
}
