import { useDebouncedValue } from '@mantine/hooks';
import type { CustomerId } from '@mini-crm/domain';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import type { TemplateDraftInput } from './template-draft.ts';

/** The message with the sample's data as one customer would see it, rendered by the server a moment after the last key. */
export function useTemplatePreview(draft: TemplateDraftInput) {
  const { orgId } = useOrganization();
  const { client } = trpc.useUtils();
  const [customerId, setCustomerId] = useState<CustomerId | null>(null);
  const [settled] = useDebouncedValue(draft, 350);
  // A body of many kilobytes has no place in an address: the procedure is called as a mutation, and cached like a query.
  const query = useQuery({
    queryKey: ['template-preview', orgId, settled, customerId],
    queryFn: () => client.templates.preview.mutate({ orgId, draft: settled, customerId }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  return {
    data: query.data,
    error: query.error,
    refetch: () => void query.refetch(),
    stale: query.isPlaceholderData || settled !== draft,
    customerId,
    setCustomerId,
  };
}

export type TemplatePreviewState = ReturnType<typeof useTemplatePreview>;
