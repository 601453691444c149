import { Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { InvitationList } from './invitation-list.tsx';
import { InvitePanel } from './invite-panel.tsx';
import { MemberList } from './member-list.tsx';

/** Who works in the organization, who is invited, and who may do what. */
export function MembersPage() {
  const { orgId, refusal } = useOrganization();
  const list = trpc.members.list.useQuery({ orgId });
  const [inviting, setInviting] = useState(false);
  return (
    <Stack gap="md">
      <Section
        flush
        title="Members"
        description="A role says what somebody may see and do."
        actions={
          <ActionButton
            reason={refusal('members.invite')}
            leftSection={<IconUserPlus size={16} stroke={1.7} />}
            onClick={() => setInviting(true)}
          >
            Invite member
          </ActionButton>
        }
      >
        <MemberList members={list.data?.members} error={list.error} onRetry={() => list.refetch()} />
      </Section>
      {list.data && list.data.invitations.length > 0 && (
        <Section flush title="Open invitations" description="They work for seven days, once.">
          <InvitationList invitations={list.data.invitations} />
        </Section>
      )}
      <InvitePanel opened={inviting} onClose={() => setInviting(false)} />
    </Stack>
  );
}
