import { useDebouncedValue } from '@mantine/hooks';
import type { Rule } from '@mini-crm/domain';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpcClient } from '../../trpc.ts';

export type Preview = Outputs['segments']['preview'];

// Long enough for the next letter of a word, short enough to feel at once.
const restMs = 120;
const whileLoadingMs = 4_000;
/** Asked alone: in a batch an answer would wait for the slowest of the others. */
export const alone = { context: { skipBatch: true } };

/**
 * Size and people of a rule while it is edited; null asks nothing new and keeps what was there. Each rule has an answer of its own,
 * so an older one never stands in for a newer, and a question that nobody waits for any more is taken back. Where the answer to
 * a new rule is a fault, the figures of the one before stay, behind.
 */
export function usePreview(rule: Rule | null) {
  const { orgId } = useOrganization();
  const written = rule === null ? null : JSON.stringify(rule);
  const [sound, setSound] = useState(written);
  if (written !== null && written !== sound) setSound(written);
  // While a condition is not complete the question before it goes on: its figure may not have come yet.
  const current = written ?? sound;
  const [text] = useDebouncedValue(current, restMs, { leading: true });
  const query = useQuery<Preview>({
    // Shaped like a procedure's own key, so that a live change of customers makes it old.
    queryKey: [['segments', 'preview'], { input: { orgId, rule: text } }],
    queryFn: ({ signal }) =>
      trpcClient.segments.preview.mutate({ orgId, rule: JSON.parse(text ?? 'null') as unknown }, { signal, ...alone }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    refetchInterval: ({ state: { data } }) =>
      data?.source === 'database' && data.state.status === 'loading' ? whileLoadingMs : false,
  });
  const [last, setLast] = useState(query.data);
  useEffect(() => {
    if (query.data) setLast(query.data);
  }, [query.data]);
  const isAsked = text === current;
  return {
    data: query.data ?? last,
    /** What is wrong with the rule on the screen; an older rule's refusal says nothing about it. */
    error: isAsked ? query.error : null,
    /** The figures are of an older rule than the one on the screen. */
    isBehind: !isAsked || query.isPlaceholderData || query.data === undefined,
    refetch: query.refetch,
  };
}
