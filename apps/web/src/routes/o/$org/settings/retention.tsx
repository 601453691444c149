import { createFileRoute } from '@tanstack/react-router';
import { RetentionPage } from '../../../../features/retention/retention-page.tsx';

export const Route = createFileRoute('/o/$org/settings/retention')({
  staticData: { crumb: 'Retention' },
  loader: ({ context: { orgId, trpc } }) => {
    void trpc.retention.get.prefetch({ orgId });
  },
  component: RetentionPage,
});
