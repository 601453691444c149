import { IconSparkles } from '@tabler/icons-react';
import { ActionButton } from '../../components/action-button.tsx';
import { formatCount } from '../../components/format-number.ts';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

/** Fills the empty organization with a made-up shop, so that a newcomer sees every page alive. */
export function FillDemo({ variant = 'default' }: { readonly variant?: 'default' | 'filled' }) {
  const { orgId, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const fill = trpc.demo.fill.useMutation({
    onSuccess: async ({ customers }) => {
      await utils.invalidate();
      notifyDone(`${formatCount(customers)} made-up customers and all they did are here`);
    },
    onError: notifyError,
  });
  return (
    <ActionButton
      variant={variant}
      leftSection={<IconSparkles size={16} stroke={1.7} />}
      loading={fill.isPending}
      reason={refusal('demo.fill')}
      onClick={() => fill.mutate({ orgId })}
    >
      Explore with demo data
    </ActionButton>
  );
}
