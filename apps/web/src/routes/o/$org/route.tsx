import { createFileRoute, notFound, redirect } from '@tanstack/react-router';
import { FrameSkeleton } from '../../../components/frame-skeleton.tsx';
import { NotFoundPage } from '../../../components/not-found-page.tsx';
import { OrganizationNotFound } from '../../../features/shell/organization-not-found.tsx';
import { OrganizationShell } from '../../../features/shell/organization-shell.tsx';

export const Route = createFileRoute('/o/$org')({
  beforeLoad: async ({ context, params, location }) => {
    const signedIn = await context.trpc.accounts.me.fetch(undefined, { staleTime: 30_000 });
    if (signedIn === null) throw redirect({ to: '/sign-in', search: { next: location.href } });
    const organization = signedIn.organizations.find(({ slug }) => slug === params.org);
    if (organization === undefined) throw notFound({ data: 'organization' });
    return { organization, orgId: organization.id };
  },
  pendingComponent: FrameSkeleton,
  component: OrganizationRoute,
  // Of the organization itself, or of a page in it: that one is shown inside the frame.
  notFoundComponent: ({ data }) => (data === 'organization' ? <OrganizationNotFound /> : <NotFoundPage />),
});

function OrganizationRoute() {
  const { org } = Route.useParams();
  return <OrganizationShell slug={org} />;
}
