import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Sender } from './sender-form-values.ts';

interface RemoveSenderProps {
  readonly sender: Sender | null;
  readonly onClose: () => void;
}

/** Asks before a sender and its secrets are gone. */
export function RemoveSender({ sender, onClose }: RemoveSenderProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const remove = trpc.senders.remove.useMutation({
    onSuccess: async () => {
      notifyDone('Sender removed');
      await utils.senders.list.invalidate({ orgId });
    },
  });
  return (
    <ConfirmDialog
      opened={sender !== null}
      onClose={onClose}
      title="Remove sender"
      action="Remove sender"
      danger
      onConfirm={async () => sender && remove.mutateAsync({ orgId, senderId: sender.id })}
    >
      Messages go by the next sender from now on. The password and keys of “{sender?.name}” are deleted; what went out
      by it stays in the log. To leave it out only for a while, switch it off.
    </ConfirmDialog>
  );
}
