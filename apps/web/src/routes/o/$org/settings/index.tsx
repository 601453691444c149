import { createFileRoute } from '@tanstack/react-router';
import { OrganizationPage } from '../../../../features/settings/organization-page.tsx';

export const Route = createFileRoute('/o/$org/settings/')({
  loader: ({ context }) => context.trpc.organization.get.ensureData({ orgId: context.orgId }),
  component: OrganizationPage,
});
