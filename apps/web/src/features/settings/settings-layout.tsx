import { Outlet } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import classes from './settings-nav.module.css';
import { SettingsNav } from './settings-nav.tsx';

/** What all pages of the settings share: the head, and the way from one to another. */
export function SettingsLayout() {
  return (
    <Page>
      <PageHeader title="Settings" />
      <div className={classes.layout}>
        <SettingsNav />
        <div>
          <Outlet />
        </div>
      </div>
    </Page>
  );
}
