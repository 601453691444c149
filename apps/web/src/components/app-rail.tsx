import { Menu, Tooltip } from '@mantine/core';
import { IconDots, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
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

/** So many entries have room beside each other on the narrowest phone. */
const bottomEntries = 5;

/** The rail on phones: the first entries, and the others behind "More" where there are too many. */
export function BottomBar({ entries }: { readonly entries: readonly RailEntry[] }) {
  const also = useAlso();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const shown = entries.length > bottomEntries ? entries.slice(0, bottomEntries - 1) : entries;
  const more = entries.slice(shown.length);
  const isOpen = more.some(({ href }) => path === href || path.startsWith(`${href}/`));
  return (
    <nav className={classes.bottom} aria-label="Main, at the bottom">
      {shown.map((entry) => (
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
      {more.length > 0 && (
        <Menu position="top-end" width={200}>
          <Menu.Target>
            <button type="button" {...(isOpen ? { 'data-also': true } : {})}>
              <IconDots size={20} stroke={1.7} aria-hidden />
              More
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((entry) => (
              <Menu.Item
                key={entry.href}
                component={Link}
                to={entry.href}
                leftSection={<entry.icon size={18} stroke={1.7} />}
              >
                {entry.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  );
}
