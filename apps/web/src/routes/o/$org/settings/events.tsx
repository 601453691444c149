import { createFileRoute } from '@tanstack/react-router';
import { EventsPage } from '../../../../features/event-types/events-page.tsx';

export const Route = createFileRoute('/o/$org/settings/events')({
  staticData: { crumb: 'Events' },
  loader: ({ context }) => {
    void context.trpc.eventTypes.list.prefetch({ orgId: context.orgId });
  },
  component: EventsPage,
});
