import { Button } from '@mantine/core';
import { Instant } from '../../components/instant.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { roleNames } from '../../components/role-names.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import classes from './people.module.css';

interface InvitationListProps {
  readonly invitations: Outputs['members']['list']['invitations'];
}

/** Invitations that nobody has accepted yet; each can be taken back. */
export function InvitationList({ invitations }: InvitationListProps) {
  const { orgId, can } = useOrganization();
  const utils = trpc.useUtils();
  const revoke = trpc.members.revokeInvitation.useMutation({
    onSuccess: () => notifyDone('Invitation revoked'),
    onError: notifyError,
    onSettled: () => utils.members.list.invalidate({ orgId }),
  });
  return (
    <ul className={classes.list} aria-label="Open invitations">
      {invitations.map((invitation) => (
        <li key={invitation.id} className={classes.person}>
          <div>
            <div className={classes.name}>{invitation.email}</div>
            <div className={classes.quiet}>
              invited <Instant value={invitation.createdAt} /> · works until <Instant value={invitation.expiresAt} />
            </div>
          </div>
          <span>{roleNames[invitation.role].name}</span>
          {can('members.revokeInvitation') && (
            <Button
              size="xs"
              variant="default"
              aria-label={`Revoke the invitation of ${invitation.email}`}
              loading={revoke.isPending && revoke.variables.id === invitation.id}
              onClick={() => revoke.mutate({ orgId, id: invitation.id })}
            >
              Revoke
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
