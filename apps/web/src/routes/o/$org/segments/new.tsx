import { createFileRoute } from '@tanstack/react-router';
import { NewSegmentPage } from '../../../../features/segments/segment-page.tsx';

export const Route = createFileRoute('/o/$org/segments/new')({
  staticData: { crumb: 'New segment' },
  loader: ({ context: { orgId, trpc } }) => {
    void trpc.segments.fields.prefetch({ orgId });
  },
  component: NewSegmentPage,
});
