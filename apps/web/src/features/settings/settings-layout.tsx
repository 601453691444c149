import { Outlet } from '@tanstack/react-router';
import { LinkTabs } from '../../components/link-tabs.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';

/** What all pages of the settings share: the head and the tabs. */
export function SettingsLayout() {
  const { slug } = useOrganization();
  const base = `/o/${slug}/settings`;
  return (
    <Page width="form">
      <PageHeader title="Settings" />
      <LinkTabs
        label="Settings"
        tabs={[
          { href: base, label: 'Organization', exact: true },
          { href: `${base}/members`, label: 'Members' },
          { href: `${base}/senders`, label: 'Senders' },
          { href: `${base}/sending`, label: 'Sending' },
          { href: `${base}/attributes`, label: 'Attributes' },
          { href: `${base}/events`, label: 'Events' },
          { href: `${base}/api-keys`, label: 'API keys' },
          { href: `${base}/suppressions`, label: 'Suppressions' },
          { href: `${base}/retention`, label: 'Retention' },
          { href: `${base}/profile`, label: 'Your profile' },
        ]}
      />
      <Outlet />
    </Page>
  );
}
