import { Text } from '@mantine/core';
import type { CustomerId } from '@mini-crm/domain';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatCount } from '../../components/format-number.ts';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface DeleteCustomersProps {
  /** Whom to delete; nobody closes the dialog. */
  readonly ids: readonly string[];
  /** The name, where it is one person. */
  readonly name?: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before customers go, and says what goes with them. */
export function DeleteCustomers({ ids, name, onClose, onDone }: DeleteCustomersProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const remove = trpc.customers.remove.useMutation();
  const what = ids.length === 1 ? 'customer' : `${formatCount(ids.length)} customers`;

  async function confirm() {
    try {
      for (const customerId of ids) await remove.mutateAsync({ orgId, customerId: customerId as CustomerId });
    } finally {
      await Promise.all([utils.customers.list.invalidate({ orgId }), utils.customers.count.invalidate({ orgId })]);
    }
    notifyDone(ids.length === 1 ? 'Customer deleted' : `${formatCount(ids.length)} customers deleted`);
    onDone();
  }

  return (
    <ConfirmDialog
      opened={ids.length > 0}
      onClose={onClose}
      title={`Delete ${what}`}
      action={`Delete ${what}`}
      danger
      onConfirm={confirm}
      {...(ids.length > 10 ? { typeToConfirm: `delete ${ids.length}` } : {})}
    >
      {name && (
        <Text fw={500} mb={4} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
      )}
      This removes their profile, orders and interactions for good. Reports keep counting the messages that were sent,
      without name and address. Who unsubscribed stays unsubscribed, even if a file brings them back.
    </ConfirmDialog>
  );
}
