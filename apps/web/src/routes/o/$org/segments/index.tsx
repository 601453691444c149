import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { SegmentsPage } from '../../../../features/segments/segments-page.tsx';

export const Route = createFileRoute('/o/$org/segments/')({
  validateSearch: z.object({ q: z.string().optional().catch(undefined) }),
  loader: ({ context: { orgId, trpc } }) => {
    void trpc.segments.list.prefetch({ orgId });
  },
  component: SegmentsRoute,
});

function SegmentsRoute() {
  const { q = '' } = Route.useSearch();
  const navigate = Route.useNavigate();
  return <SegmentsPage search={q} onSearch={(next) => navigate({ search: next ? { q: next } : {}, replace: true })} />;
}
