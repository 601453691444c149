import { useNavigate } from '@tanstack/react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';

interface RemoveMemberProps {
  /** Who; null while nobody is asked about. */
  readonly member: Outputs['members']['list']['members'][number] | null;
  readonly onClose: () => void;
}

/** Asks before somebody is removed, or leaves. */
export function RemoveMember({ member, onClose }: RemoveMemberProps) {
  const { orgId, name } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const remove = trpc.members.remove.useMutation();
  const leave = trpc.members.leave.useMutation();
  if (member === null) return null;

  const confirm = async () => {
    if (member.isMe) {
      await leave.mutateAsync({ orgId });
      await utils.accounts.me.fetch(undefined, { staleTime: 0 });
      await navigate({ to: '/' });
    } else {
      await remove.mutateAsync({ orgId, userId: member.userId });
      notifyDone(`${member.name} was removed`);
      await utils.members.list.invalidate({ orgId });
    }
  };
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={member.isMe ? `Leave ${name}` : `Remove ${member.name}`}
      action={member.isMe ? 'Leave organization' : 'Remove member'}
      onConfirm={confirm}
    >
      {member.isMe
        ? `You lose access to ${name} at once. What you made stays. Somebody has to invite you to come back.`
        : `${member.name} loses access to ${name} at once. What they made stays. You can invite them again.`}
    </ConfirmDialog>
  );
}
