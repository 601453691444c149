import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { OutboxPage } from '../../../features/outbox/outbox-page.tsx';

export const Route = createFileRoute('/o/$org/outbox')({
  staticData: { crumb: 'Outbox' },
  validateSearch: z.object({ message: z.string().optional().catch(undefined) }),
  loader: ({ context: { orgId, trpc } }) => {
    void trpc.outbox.state.prefetch({ orgId });
    void trpc.outbox.list.prefetchInfinite({ orgId });
  },
  component: OutboxRoute,
});

function OutboxRoute() {
  const { message } = Route.useSearch();
  const navigate = Route.useNavigate();
  return <OutboxPage messageId={message} onOpen={(id) => navigate({ search: { message: id } })} />;
}
