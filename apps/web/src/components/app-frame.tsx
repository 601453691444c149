import { Kbd, VisuallyHidden } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './app-frame.module.css';
import type { AppFrameProps } from './app-frame-types.ts';
import { AppRail, BottomBar } from './app-rail.tsx';
import { Crumbs } from './crumbs.tsx';
import { MeMenu } from './me-menu.tsx';
import { OrganizationSwitcher } from './organization-switcher.tsx';
import { Running } from './running.tsx';
import { StateBadge } from './state-badge.tsx';

/** Left rail, top bar and content; on phones the rail is a bottom bar. Everything shown comes from outside. */
export function AppFrame({ children, ...frame }: AppFrameProps & { readonly children: ReactNode }) {
  const [folded, setFolded] = useLocalStorage({
    key: 'mini-crm:rail-folded',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  // A tablet has no room for words beside the content.
  const narrow = useMediaQuery('(max-width: 1000px)', false, { getInitialValueInEffect: false }) ?? false;
  return (
    <div className={classes.frame} data-folded={folded || narrow || undefined}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <AppRail {...frame} folded={folded || narrow} onFold={narrow ? undefined : () => setFolded(!folded)} />
      <div className={classes.main}>
        <header className={classes.top}>
          <div className={classes.phone}>
            <OrganizationSwitcher {...frame.organizations} small />
          </div>
          <Crumbs crumbs={frame.crumbs} />
          {frame.reconnecting && (
            <span className={classes.quiet} role="status">
              <StateBadge tone="warning" moving>
                Reconnecting
              </StateBadge>
            </span>
          )}
          <Running jobs={frame.running} />
          <button type="button" className={classes.search} onClick={frame.onSearch}>
            <IconSearch size={16} stroke={1.7} aria-hidden />
            <VisuallyHidden>Search</VisuallyHidden>
            <span aria-hidden>Search</span>
            <Kbd aria-hidden>{isApple() ? '⌘' : 'Ctrl'} K</Kbd>
          </button>
          <MeMenu {...frame.me} />
        </header>
        <main id="content" tabIndex={-1} className={classes.content}>
          {children}
        </main>
      </div>
      <BottomBar entries={frame.entries} />
    </div>
  );
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
