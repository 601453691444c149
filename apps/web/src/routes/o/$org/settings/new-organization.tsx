import { createFileRoute } from '@tanstack/react-router';
import { NewOrganizationPage } from '../../../../features/settings/new-organization-page.tsx';

export const Route = createFileRoute('/o/$org/settings/new-organization')({
  staticData: { crumb: 'New organization' },
  component: NewOrganizationPage,
});
