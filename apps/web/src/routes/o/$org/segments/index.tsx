import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { SegmentsPage } from '../../../../features/segments/segments-page.tsx';

export const Route = createFileRoute('/o/$org/segments/')({
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    kind: z.enum(['dynamic', 'static']).optional().catch(undefined),
    archived: z.boolean().optional().catch(undefined),
  }),
  loaderDeps: ({ search: { archived = false } }) => ({ archived }),
  loader: ({ context: { orgId, trpc }, deps: { archived } }) => {
    void trpc.segments.list.prefetch({ orgId, archived });
  },
  component: SegmentsRoute,
});

function SegmentsRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <SegmentsPage search={search} onSearch={(next) => navigate({ search: next, replace: true })} />;
}
