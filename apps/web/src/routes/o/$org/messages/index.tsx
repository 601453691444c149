import { createFileRoute } from '@tanstack/react-router';
import { messageFilterOf, messageSearchSchema } from '../../../../features/messages/message-search.ts';
import { MessagesPage } from '../../../../features/messages/messages-page.tsx';

export const Route = createFileRoute('/o/$org/messages/')({
  staticData: { crumb: 'Messages' },
  validateSearch: messageSearchSchema,
  loaderDeps: ({ search: { message: _, ...search } }) => search,
  loader: ({ context, deps }) => {
    const { orgId, trpc, organization } = context;
    void trpc.messages.list.prefetchInfinite({
      orgId,
      filter: messageFilterOf(deps, organization.timeZone),
      limit: 50,
    });
  },
  component: MessagesRoute,
});

function MessagesRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <MessagesPage search={search} onSearch={(next) => navigate({ search: next, replace: true })} />;
}
