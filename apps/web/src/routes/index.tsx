import { createFileRoute, redirect } from '@tanstack/react-router';
import { NoOrganizationPage } from '../features/accounts/no-organization-page.tsx';
import { lastOrganization } from '../last-organization.ts';

export const Route = createFileRoute('/')({
  beforeLoad: async ({ context }) => {
    const signedIn = await context.trpc.accounts.me.fetch(undefined, { staleTime: 30_000 });
    const last = lastOrganization();
    // A browser that has never been inside most likely belongs to somebody new.
    if (signedIn === null) throw redirect({ to: last === null ? '/sign-up' : '/sign-in' });
    const { organizations } = signedIn;
    const chosen = organizations.find(({ slug }) => slug === last) ?? organizations[0];
    if (chosen) throw redirect({ to: '/o/$org', params: { org: chosen.slug } });
  },
  component: NoOrganizationPage,
});
