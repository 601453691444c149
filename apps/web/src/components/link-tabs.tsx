import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './link-tabs.module.css';

interface LinkTabsProps {
  /** What the tabs are of: "Settings". */
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string; readonly exact?: boolean }[];
}

/** Tabs that are pages of their own, with an address each. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the screen; the one that is open must not stand beyond its edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address decides which tab is open
  useEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>('[data-status="active"]');
    if (!open || !nav.current) return;
    nav.current.scrollLeft = open.offsetLeft - nav.current.offsetLeft - 20;
  }, [pathname]);
  return (
    <nav ref={nav} className={classes.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.href} to={tab.href} activeOptions={{ exact: tab.exact ?? false, includeSearch: false }}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
