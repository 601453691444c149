import type { Attribute } from '@mini-crm/domain';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface DeleteAttributeProps {
  readonly attribute: Attribute | null;
  readonly onClose: () => void;
}

/** Asks before an attribute goes with its values. */
export function DeleteAttribute({ attribute, onClose }: DeleteAttributeProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const remove = trpc.attributes.remove.useMutation({
    onSuccess: async () => {
      notifyDone('Attribute deleted');
      await Promise.all([utils.attributes.list.invalidate({ orgId }), utils.customers.get.invalidate()]);
    },
  });
  return (
    <ConfirmDialog
      opened={attribute !== null}
      onClose={onClose}
      title="Delete attribute"
      action="Delete attribute"
      danger
      typeToConfirm={attribute?.slug ?? ''}
      onConfirm={() => remove.mutateAsync({ orgId, slug: attribute?.slug ?? '' })}
    >
      This removes “{attribute?.label}” and its value from every customer, for good.
    </ConfirmDialog>
  );
}
