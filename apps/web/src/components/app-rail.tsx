import { Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import classes from './app-frame.module.css';
import type { AppFrameProps, RailEntry } from './app-frame-types.ts';
import { OrganizationSwitcher } from './organization-switcher.tsx';

interface AppRailProps extends AppFrameProps {
  readonly folded: boolean;
  /** Left out where there is no room to unfold. */
  readonly onFold: (() => void) | undefined;
}

/** The rail at the left: organization, entries, settings; 220 px, or 60 px of icons. */
export function AppRail({ organizations, entries, lowerEntries, folded, onFold }: AppRailProps) {
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const foldLabel = folded ? 'Unfold menu' : 'Fold menu';
  return (
    <nav className={classes.rail} aria-label="Main">
      <OrganizationSwitcher {...organizations} small={folded} />
      <Entries entries={entries} folded={folded} />
      <div className={classes.push} />
      <Entries entries={lowerEntries} folded={folded} />
      {onFold && (
        <Tooltip label={foldLabel} position="right" disabled={!folded}>
          <button type="button" className={classes.entry} onClick={onFold} aria-label={foldLabel}>
            <Fold size={18} stroke={1.7} aria-hidden />
            <span className={classes.words}>{foldLabel}</span>
          </button>
        </Tooltip>
      )}
    </nav>
  );
}

/** Marks an entry whose pages also lie at another path, where the link itself sees no match. */
function useAlso(): (entry: RailEntry) => { 'data-also'?: true } {
  const path = useLocation({ select: ({ pathname }) => pathname });
  return ({ also }) =>
    also !== undefined && (path === also || path.startsWith(`${also}/`)) ? { 'data-also': true } : {};
}

function Entries({ entries, folded }: { readonly entries: readonly RailEntry[]; readonly folded: boolean }) {
  const also = useAlso();
  return (
    <ul className={classes.entries}>
      {entries.map((entry) => (
        <li key={entry.href}>
          <Tooltip label={entry.label} position="right" disabled={!folded}>
            <Link
              to={entry.href}
              className={classes.entry ?? ''}
              aria-label={entry.label}
              {...also(entry)}
              activeOptions={{ exact: entry.exact ?? false, includeSearch: false }}
            >
              <entry.icon size={18} stroke={1.7} />
              <span className={classes.words}>{entry.label}</span>
            </Link>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

/** The rail on phones. */
export function BottomBar({ entries }: { readonly entries: readonly RailEntry[] }) {
  const also = useAlso();
  return (
    <nav className={classes.bottom} aria-label="Main, at the bottom">
      {entries.map((entry) => (
        <Link
          key={entry.href}
          to={entry.href}
          {...also(entry)}
          activeOptions={{ exact: entry.exact ?? false, includeSearch: false }}
        >
          <entry.icon size={20} stroke={1.7} />
          {entry.label}
        </Link>
      ))}
    </nav>
  );
}
