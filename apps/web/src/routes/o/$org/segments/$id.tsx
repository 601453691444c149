import { idSchema, type SegmentId } from '@mini-crm/domain';
import { createFileRoute, notFound } from '@tanstack/react-router';
import { SegmentPage } from '../../../../features/segments/segment-page.tsx';

export const Route = createFileRoute('/o/$org/segments/$id')({
  loader: async ({ context: { orgId, trpc }, params }) => {
    const segmentId = idSchema('segment').safeParse(params.id);
    if (!segmentId.success) throw notFound();
    void trpc.segments.fields.prefetch({ orgId });
    // The page itself says what is wrong where there is no such segment.
    const segment = await trpc.segments.get.ensureData({ orgId, segmentId: segmentId.data }).catch(() => null);
    return { crumb: segment?.name ?? 'Segment' };
  },
  component: SegmentRoute,
});

function SegmentRoute() {
  const { id } = Route.useParams();
  return <SegmentPage key={id} segmentId={id as SegmentId} />;
}
