import { createFileRoute } from '@tanstack/react-router';
import { SendingPage } from '../../../../features/settings/sending-page.tsx';

export const Route = createFileRoute('/o/$org/settings/sending')({
  staticData: { crumb: 'Sending rules' },
  loader: ({ context: { orgId, trpc } }) => {
    void trpc.organization.get.prefetch({ orgId });
  },
  component: SendingPage,
});
