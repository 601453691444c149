import { ActionIcon, Menu, Select, Skeleton } from '@mantine/core';
import { grantableRoles, type Role } from '@mini-crm/domain';
import { IconDoorExit, IconDots, IconUserMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { roleNames } from '../../components/role-names.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import classes from './people.module.css';
import { RemoveMember } from './remove-member.tsx';

type Member = Outputs['members']['list']['members'][number];

interface MemberListProps {
  readonly members: readonly Member[] | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** The members, each with the role that the reader may change, and the way out. */
export function MemberList({ members, error, onRetry }: MemberListProps) {
  const [leaving, setLeaving] = useState<Member | null>(null);
  if (error && !members) return <ErrorState error={error} onRetry={onRetry} compact />;
  return (
    <>
      <ul className={classes.list} aria-label="Members">
        {members === undefined && <PersonSkeleton />}
        {members?.map((member) => (
          <MemberRow key={member.userId} member={member} onRemove={() => setLeaving(member)} />
        ))}
      </ul>
      <RemoveMember member={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function MemberRow({ member, onRemove }: { readonly member: Member; readonly onRemove: () => void }) {
  const { orgId, role: myRole, can } = useOrganization();
  const utils = trpc.useUtils();
  const changeRole = trpc.members.changeRole.useMutation({
    onSuccess: (_, { role }) => notifyDone(`${member.name} is now ${roleNames[role].name.toLowerCase()}`),
    onError: notifyError,
    onSettled: () => Promise.all([utils.members.list.invalidate({ orgId }), utils.accounts.me.invalidate()]),
  });
  const grantable = grantableRoles(myRole);
  const mayChange = can('members.changeRole') && grantable.includes(member.role);
  const mayRemove = member.isMe || (can('members.remove') && grantable.includes(member.role));
  return (
    <li className={classes.person}>
      <div>
        <div className={classes.name}>
          {member.name}
          {member.isMe && <span className={classes.quiet}>you</span>}
        </div>
        <div className={classes.quiet}>
          {member.email} · joined <Instant value={member.joinedAt} />
        </div>
      </div>
      <div className={classes.role}>
        {mayChange ? (
          <Select
            aria-label={`Role of ${member.name}`}
            data={grantable.map((role) => ({ value: role, label: roleNames[role].name }))}
            value={changeRole.isPending ? changeRole.variables.role : member.role}
            allowDeselect={false}
            disabled={changeRole.isPending}
            onChange={(role) => role && changeRole.mutate({ orgId, userId: member.userId, role: role as Role })}
            renderOption={({ option }) => (
              <div>
                <div>{option.label}</div>
                <div className={classes.quiet}>{roleNames[option.value as Role].may}</div>
              </div>
            )}
            comboboxProps={{ width: 300, position: 'bottom-end' }}
          />
        ) : (
          roleNames[member.role].name
        )}
      </div>
      {mayRemove ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`More about ${member.name}`}>
              <IconDots size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              color="red"
              leftSection={member.isMe ? <IconDoorExit size={16} /> : <IconUserMinus size={16} />}
              onClick={onRemove}
            >
              {member.isMe ? 'Leave organization' : 'Remove member'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span style={{ width: 32 }} />
      )}
    </li>
  );
}

function PersonSkeleton() {
  return (
    <li className={classes.person} aria-hidden>
      <div>
        <Skeleton height={12} width={140} mb={8} />
        <Skeleton height={10} width={220} />
      </div>
    </li>
  );
}
