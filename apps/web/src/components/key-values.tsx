import type { ReactNode } from 'react';
import classes from './key-values.module.css';

interface KeyValuesProps {
  /** Names with their values; a null value shows as a dash. */
  readonly items: readonly (readonly [name: string, value: ReactNode])[];
}

/** Facts about one thing, name beside value. */
export function KeyValues({ items }: KeyValuesProps) {
  return (
    <dl className={classes.list}>
      {items.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value ?? <span style={{ color: 'var(--mantine-color-dimmed)' }}>–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
