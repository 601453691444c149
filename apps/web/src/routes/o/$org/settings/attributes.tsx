import { createFileRoute } from '@tanstack/react-router';
import { AttributesPage } from '../../../../features/attributes/attributes-page.tsx';

export const Route = createFileRoute('/o/$org/settings/attributes')({
  staticData: { crumb: 'Attributes' },
  loader: ({ context }) => {
    void context.trpc.attributes.list.prefetch({ orgId: context.orgId });
  },
  component: AttributesPage,
});
