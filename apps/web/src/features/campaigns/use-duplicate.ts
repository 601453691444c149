import type { CampaignId } from '@mini-crm/domain';
import { useNavigate } from '@tanstack/react-router';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

/** Makes a draft like another campaign and goes to it. */
export function useDuplicate(): (id: CampaignId) => void {
  const { orgId, slug } = useOrganization();
  const navigate = useNavigate();
  const duplicate = trpc.campaigns.duplicate.useMutation({
    onSuccess: ({ id }) => {
      notifyDone('Campaign duplicated: this is the new draft');
      void navigate({
        to: '/o/$org/campaigns/$id',
        params: { org: slug, id },
        search: { step: 'audience', fresh: true },
      });
    },
    onError: notifyError,
  });
  return (id) => duplicate.mutate({ orgId, id });
}
