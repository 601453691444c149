import { useDebouncedValue } from '@mantine/hooks';
import type { Rule } from '@mini-crm/domain';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpcClient } from '../../trpc.ts';

export type Preview = Outputs['segments']['preview'];

// Long enough for the next letter of a word, short enough to feel at once.
const restMs = 120;

/**
 * Size and people of a rule while it is edited; null asks nothing and keeps what was there. Each rule has an answer of its own,
 * so an older one never stands in for a newer, and a question that nobody waits for any more is taken back.
 */
export function usePreview(rule: Rule | null) {
  const { orgId } = useOrganization();
  const [text] = useDebouncedValue(rule === null ? null : JSON.stringify(rule), restMs);
  const query = useQuery<Preview>({
    // Shaped like a procedure's own key, so that a live change of customers makes it old.
    queryKey: [['segments', 'preview'], { input: { orgId, rule: text } }],
    queryFn: ({ signal }) =>
      trpcClient.segments.preview.mutate({ orgId, rule: JSON.parse(text ?? 'null') as unknown }, { signal }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
  });
  const isBehind = query.isPlaceholderData || (rule !== null && JSON.stringify(rule) !== text);
  return { ...query, isBehind };
}
