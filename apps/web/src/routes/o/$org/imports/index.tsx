import { createFileRoute } from '@tanstack/react-router';
import { ImportsPage } from '../../../../features/imports/imports-page.tsx';

export const Route = createFileRoute('/o/$org/imports/')({
  loader: ({ context: { trpc, orgId } }) => {
    void trpc.imports.list.prefetchInfinite({ orgId, limit: 25 });
  },
  component: ImportsPage,
});
