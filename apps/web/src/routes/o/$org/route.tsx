import { createFileRoute, notFound, redirect } from '@tanstack/react-router';
import { OrganizationNotFound } from '../../../features/shell/organization-not-found.tsx';
import { OrganizationShell } from '../../../features/shell/organization-shell.tsx';

export const Route = createFileRoute('/o/$org')({
  beforeLoad: async ({ context, params, location }) => {
    const signedIn = await context.trpc.accounts.me.fetch(undefined, { staleTime: 30_000 });
    if (signedIn === null) throw redirect({ to: '/sign-in', search: { next: location.href } });
    const organization = signedIn.organizations.find(({ slug }) => slug === params.org);
    if (organization === undefined) throw notFound();
    return { organization, orgId: organization.id };
  },
  component: OrganizationRoute,
  notFoundComponent: OrganizationNotFound,
});

function OrganizationRoute() {
  const { org } = Route.useParams();
  return <OrganizationShell slug={org} />;
}
