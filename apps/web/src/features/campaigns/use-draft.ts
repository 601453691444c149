import { useMemo } from 'react';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { type CampaignDetail, type Draft, draftOf } from './draft.ts';
import { type DraftStore, type SavedDraft, useSavedDraft } from './use-saved-draft.ts';

export type EditedDraft = SavedDraft<Draft>;

/** The draft of a campaign, saved as one types. */
export function useDraft(campaign: CampaignDetail): EditedDraft {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const { id } = campaign;
  const store = useMemo(
    (): DraftStore<Draft> => ({
      async save(version, draft) {
        const saved = await utils.client.campaigns.save.mutate({ orgId, id, version, draft });
        utils.campaigns.get.setData({ orgId, id }, (old) => old && ({ ...old, ...draft, ...saved } as CampaignDetail));
        return saved;
      },
      async read() {
        const stored = await utils.campaigns.get.fetch({ orgId, id }, { staleTime: 0 });
        return { draft: draftOf(stored), version: stored.version };
      },
    }),
    [orgId, id, utils],
  );
  const seen = useMemo(() => ({ draft: draftOf(campaign), version: campaign.version }), [campaign]);
  return useSavedDraft(seen, store);
}
