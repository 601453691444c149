import type { ReactNode } from 'react';
import classes from './sentence.module.css';

/** The sentence a page says first: what a segment means, what came of a campaign. Changes are read aloud politely. */
export function Sentence({ children }: { readonly children: ReactNode }) {
  return (
    <p className={classes.sentence} aria-live="polite">
      {children}
    </p>
  );
}
