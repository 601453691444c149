import type { Rule, SegmentId } from '@mini-crm/domain';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useOrganization } from '../../organization.tsx';
import { trpcClient } from '../../trpc.ts';
import { alone } from './use-preview.ts';

/** How many people a rule shares with another segment; null asks nothing. */
export function useOverlap(rule: Rule | null, segmentId: SegmentId | null) {
  const { orgId } = useOrganization();
  const text = rule === null ? null : JSON.stringify(rule);
  return useQuery({
    queryKey: [['segments', 'overlap'], { input: { orgId, segmentId, rule: text } }],
    queryFn: ({ signal }) => {
      if (segmentId === null) throw new Error('Asked without a segment');
      return trpcClient.segments.overlap.mutate(
        { orgId, segmentId, rule: JSON.parse(text ?? 'null') as unknown },
        { signal, ...alone },
      );
    },
    enabled: text !== null && segmentId !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
