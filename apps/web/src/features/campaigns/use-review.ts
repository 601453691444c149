import type { CampaignId } from '@mini-crm/domain';
import { useEffect, useState } from 'react';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { EditedDraft } from './use-draft.ts';

/** What the server says of the stored draft: faults, and who would get it. Asked anew when the draft changed, after saving it. */
export function useReview(id: CampaignId, { draft, flush }: EditedDraft, active: boolean) {
  const { orgId } = useOrganization();
  const [saved, setSaved] = useState<{ draft: unknown; version: number } | null>(null);
  useEffect(() => {
    if (!active) return undefined;
    let gone = false;
    flush().then(
      (version) => !gone && setSaved({ draft, version }),
      () => !gone && setSaved(null),
    );
    return () => {
      gone = true;
    };
  }, [active, draft, flush]);
  const ready = active && saved !== null && saved.draft === draft;
  const query = trpc.campaigns.check.useQuery({ orgId, id }, { enabled: ready, staleTime: 0 });
  const current = ready && query.data?.version === saved.version ? query.data : undefined;
  return {
    data: current,
    /** The version that `data` is about and that a launch names. */
    version: saved?.version ?? null,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}

export type Review = ReturnType<typeof useReview>;
