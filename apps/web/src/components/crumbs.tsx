import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './app-frame.module.css';
import type { Crumb } from './app-frame-types.ts';

/** Where one is, from the widest to the place itself. */
export function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Where you are" style={{ flex: '1 1 0', minWidth: 0 }}>
      <ol className={classes.crumbs}>
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li key={crumb.href ?? crumb.label}>
              {index > 0 && <IconChevronRight size={14} stroke={1.7} aria-hidden style={{ flex: 'none' }} />}
              {last || crumb.href === undefined ? (
                <span aria-current={last ? 'page' : undefined}>{crumb.label}</span>
              ) : (
                <Link to={crumb.href}>{crumb.label}</Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
