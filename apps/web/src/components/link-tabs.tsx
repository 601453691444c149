import { Link } from '@tanstack/react-router';
import classes from './link-tabs.module.css';

interface LinkTabsProps {
  /** What the tabs are of: "Settings". */
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string; readonly exact?: boolean }[];
}

/** Tabs that are pages of their own, with an address each. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.href} to={tab.href} activeOptions={{ exact: tab.exact ?? false, includeSearch: false }}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
