import type { ReactNode } from 'react';
import classes from './state-badge.module.css';
import { type Tone, toneColor } from './tone.ts';

interface StateBadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  /** Something goes on at this moment: the dot breathes (and stands still for those who ask for no motion). */
  readonly moving?: boolean;
  /** Not begun yet: a ring instead of a dot. */
  readonly hollow?: boolean;
}

/** A state as a dot and a word. */
export function StateBadge({ tone, children, moving = false, hollow = false }: StateBadgeProps) {
  const dot = [classes.dot, hollow && classes.hollow, moving && classes.moving].filter(Boolean).join(' ');
  return (
    <span className={classes.badge}>
      <span className={dot} style={{ '--tone': toneColor[tone] } as React.CSSProperties} aria-hidden />
      {children}
    </span>
  );
}
