import { useDebouncedValue } from '@mantine/hooks';
import type { CustomerId } from '@mini-crm/domain';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import type { Draft } from './draft.ts';

export type PreviewAnswer = Outputs['campaigns']['preview'];

export interface MessagePreviewState {
  readonly data: PreviewAnswer | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  /** What is shown is of an earlier text. */
  readonly stale: boolean;
  readonly customerId: CustomerId | null;
  readonly setCustomerId: (id: CustomerId | null) => void;
}

/** The message as one customer would see it, rendered by the server a moment after the last key. */
export function useMessagePreview({
  content,
  purpose,
  sender,
}: Pick<Draft, 'content' | 'purpose' | 'sender'>): MessagePreviewState {
  const { orgId } = useOrganization();
  const { client } = trpc.useUtils();
  const [customerId, setCustomerId] = useState<CustomerId | null>(null);
  const [settled] = useDebouncedValue(content, 350);
  // A body of many kilobytes has no place in an address: the procedure is called as a mutation, and cached like a query.
  const query = useQuery({
    queryKey: ['campaign-preview', orgId, settled, purpose, sender, customerId],
    queryFn: () => client.campaigns.preview.mutate({ orgId, content: settled, purpose, sender, customerId }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  return {
    data: query.data,
    error: query.error,
    refetch: () => void query.refetch(),
    stale: query.isPlaceholderData || settled !== content,
    customerId,
    setCustomerId,
  };
}
