import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { SuppressionsPage } from '../../../../features/suppressions/suppressions-page.tsx';

export const Route = createFileRoute('/o/$org/settings/suppressions')({
  staticData: { crumb: 'Suppressions' },
  validateSearch: z.object({ q: z.string().default('').catch('') }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { orgId, trpc }, deps }) => {
    void trpc.suppressions.list.prefetchInfinite({ orgId, search: deps.q });
  },
  component: SuppressionsRoute,
});

function SuppressionsRoute() {
  const { q } = Route.useSearch();
  const navigate = Route.useNavigate();
  return <SuppressionsPage search={q} onSearch={(search) => navigate({ search: { q: search }, replace: true })} />;
}
