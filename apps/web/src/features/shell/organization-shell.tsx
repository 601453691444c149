import { useDocumentTitle } from '@mantine/hooks';
import {
  IconFilter,
  IconHome,
  IconInbox,
  IconMessages,
  IconSend,
  IconSettings,
  IconTemplate,
  IconUsers,
} from '@tabler/icons-react';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { AppFrame } from '../../components/app-frame.tsx';
import type { RailEntry } from '../../components/app-frame-types.ts';
import { roleNames } from '../../components/role-names.ts';
import { rememberOrganization } from '../../last-organization.ts';
import { OrganizationProvider, useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { CommandPalette } from './command-palette.tsx';
import { OrganizationNotFound } from './organization-not-found.tsx';
import { palette } from './palette-store.ts';
import { useCrumbs } from './use-crumbs.ts';
import { useLive } from './use-live.ts';
import { useRunning } from './use-running.ts';
import { useSignOut } from './use-sign-out.ts';

/** Everything around an organization's pages. Role and membership are read live: a colleague's change shows at once. */
export function OrganizationShell({ slug }: { readonly slug: string }) {
  const { data: signedIn } = trpc.accounts.me.useQuery();
  const organization = signedIn?.organizations.find((candidate) => candidate.slug === slug);
  useEffect(() => rememberOrganization(slug), [slug]);
  if (signedIn === undefined) return null;
  if (!signedIn || !organization) return <OrganizationNotFound />;
  return (
    <OrganizationProvider key={organization.id} signedIn={signedIn} organization={organization}>
      <Frame organizations={signedIn.organizations} />
    </OrganizationProvider>
  );
}

interface FrameProps {
  readonly organizations: readonly {
    readonly slug: string;
    readonly name: string;
    readonly role: keyof typeof roleNames;
  }[];
}

function Frame({ organizations }: FrameProps) {
  const { orgId, slug, name, me } = useOrganization();
  const navigate = useNavigate();
  const crumbs = useCrumbs();
  const signOut = useSignOut();
  const { reconnecting } = useLive(orgId);
  const running = useRunning();
  const base = `/o/${slug}`;
  const outbox = trpc.outbox.state.useQuery({ orgId });
  // A server that sends needs no inbox of its own, unless messages were kept in it before.
  const hasOutbox = outbox.data !== undefined && (!outbox.data.smtp || outbox.data.count > 0);
  const entries = railEntries(base, hasOutbox);
  const settings: RailEntry = { href: `${base}/settings`, label: 'Settings', icon: IconSettings };
  useDocumentTitle([...crumbs.map(({ label }) => label).toReversed(), name].join(' · '));
  return (
    <AppFrame
      organizations={{
        current: { slug, name },
        all: organizations.map(({ role, ...organization }) => ({ ...organization, role: roleNames[role].name })),
        onChoose: (chosen) => navigate({ to: '/o/$org', params: { org: chosen } }),
        onNew: () => navigate({ to: '/o/$org/settings/new-organization', params: { org: slug } }),
        settingsHref: settings.href,
      }}
      entries={entries}
      lowerEntries={[settings]}
      crumbs={crumbs}
      running={running}
      reconnecting={reconnecting}
      onSearch={palette.open}
      me={{ name: me.name, email: me.email, profileHref: `${base}/settings/profile`, onSignOut: signOut }}
    >
      <Outlet />
      <CommandPalette places={[...entries, settings]} />
    </AppFrame>
  );
}

function railEntries(base: string, hasOutbox: boolean): readonly RailEntry[] {
  return [
    { href: base, label: 'Home', icon: IconHome, exact: true },
    { href: `${base}/customers`, label: 'Customers', icon: IconUsers, also: `${base}/imports` },
    { href: `${base}/segments`, label: 'Segments', icon: IconFilter },
    { href: `${base}/campaigns`, label: 'Campaigns', icon: IconSend },
    { href: `${base}/templates`, label: 'Templates', icon: IconTemplate },
    { href: `${base}/messages`, label: 'Messages', icon: IconMessages },
    ...(hasOutbox ? [{ href: `${base}/outbox`, label: 'Outbox', icon: IconInbox }] : []),
  ];
}
