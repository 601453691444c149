import type { CampaignId } from '@mini-crm/domain';
import { IconListCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ActionButton } from '../../components/action-button.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

/** Makes a list of those who got it, by one click: after a cancel, so that they can be left out of what comes next. */
export function SaveSent({ id }: { readonly id: CampaignId }) {
  const { orgId, slug, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const navigate = useNavigate();
  const make = trpc.reports.listOfSent.useMutation();

  async function save() {
    try {
      const list = await make.mutateAsync({ orgId, id });
      void utils.segments.list.invalidate();
      notifyDone(`Who got it is on the list “${list.name}”`);
      await navigate({ to: '/o/$org/segments/$id', params: { org: slug, id: list.id } });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <ActionButton
      variant="default"
      leftSection={<IconListCheck size={16} stroke={1.7} />}
      reason={refusal('reports.listOfSent')}
      loading={make.isPending}
      onClick={() => void save()}
    >
      Save who got it
    </ActionButton>
  );
}
