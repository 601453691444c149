import { Select, Skeleton, Stack } from '@mantine/core';
import type { CustomerId, SegmentId } from '@mini-crm/domain';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../../components/error-state.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { useOrganization } from '../../../organization.tsx';
import { type Outputs, trpcClient } from '../../../trpc.ts';
import { ExplanationTree } from './explanation-tree.tsx';

interface WhyPanelProps {
  readonly customerId: CustomerId;
  readonly segments: Outputs['segments']['of'];
  /** The segment to begin with; the reader chooses where there is none. */
  readonly first: SegmentId | null;
}

/** Chooses a segment, and says for one customer why they are in it or not. */
export function WhyPanel({ customerId, segments, first }: WhyPanelProps) {
  const [segmentId, setSegmentId] = useState<SegmentId | null>(first);
  const options = (isIn: boolean) =>
    segments.filter((one) => Boolean(one.isIn) === isIn).map(({ id, name }) => ({ value: id as string, label: name }));
  return (
    <Stack>
      <Select
        label="Segment"
        placeholder="Choose a segment"
        searchable
        allowDeselect={false}
        nothingFoundMessage="No segment of this name"
        data={[
          { group: 'In these now', items: options(true) },
          { group: 'Not in these', items: options(false) },
        ].filter(({ items }) => items.length > 0)}
        value={segmentId}
        onChange={(value) => setSegmentId(value as SegmentId | null)}
      />
      {segmentId && <Why customerId={customerId} segmentId={segmentId} />}
    </Stack>
  );
}

function Why({ customerId, segmentId }: { readonly customerId: CustomerId; readonly segmentId: SegmentId }) {
  const { orgId } = useOrganization();
  const input = { orgId, customerId, segmentId };
  const why = useQuery({
    // The key of a tRPC query, so that what changes on the server makes it old; a mutation there only because of long rules.
    queryKey: [['segments', 'explain'], input],
    queryFn: ({ signal }) => trpcClient.segments.explain.mutate(input, { signal }),
  });
  if (why.error) return <ErrorState error={why.error} onRetry={() => why.refetch()} compact />;
  if (!why.data) return <Skeleton h={120} />;
  const { root, zone } = why.data;
  return (
    <Stack gap="sm">
      <div role="status">
        <StateBadge tone={root.holds ? 'success' : 'neutral'} hollow={!root.holds}>
          {root.holds ? 'In this segment now' : 'Not in this segment now'}
        </StateBadge>
      </div>
      <ExplanationTree root={root} zone={zone} />
    </Stack>
  );
}
