import { Alert, Button, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { grantableRoles, inviteSchema, type Role } from '@mini-crm/domain';
import { IconMailForward } from '@tabler/icons-react';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { roleNames } from '../../components/role-names.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface InvitePanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Invites somebody by a link; it is mailed too where a mail server is configured. */
export function InvitePanel({ opened, onClose }: InvitePanelProps) {
  return (
    <SidePanel title="Invite member" opened={opened} onClose={onClose}>
      <InviteForm onClose={onClose} />
    </SidePanel>
  );
}

function InviteForm({ onClose }: { readonly onClose: () => void }) {
  const { orgId, role: myRole } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm<{ email: string; role: Role }>({
    initialValues: { email: '', role: 'marketer' },
    validate: (values) =>
      formErrors(inviteSchema, values, { email: 'Enter an e-mail address such as ann@example.com.' }),
  });
  const invite = trpc.members.invite.useMutation({ onSuccess: () => utils.members.list.invalidate({ orgId }) });

  if (invite.data) {
    return (
      <Stack gap="md">
        {invite.data.mailed && (
          <Alert color="green" icon={<IconMailForward size={18} stroke={1.7} />}>
            The link was mailed to {form.values.email}.
          </Alert>
        )}
        <CopyField
          label="Invitation link"
          description={`Send it to ${form.values.email}. It works for seven days, once.`}
          value={invite.data.link}
        />
        <FormActions>
          <Button
            variant="default"
            onClick={() => {
              invite.reset();
              form.reset();
            }}
          >
            Invite another
          </Button>
          <Button onClick={onClose}>Close panel</Button>
        </FormActions>
      </Stack>
    );
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => invite.mutate({ orgId, ...values }))}>
      <Stack gap="md">
        <TextInput label="E-mail" type="email" autoComplete="off" data-autofocus {...form.getInputProps('email')} />
        <Radio.Group label="Role" {...form.getInputProps('role')}>
          <Stack gap="xs" mt={4}>
            {grantableRoles(myRole).map((role) => (
              <Radio key={role} value={role} label={roleNames[role].name} description={roleNames[role].may} />
            ))}
          </Stack>
        </Radio.Group>
        <ErrorNotice error={invite.error} />
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={invite.isPending}>
          Create invitation
        </Button>
      </FormActions>
    </form>
  );
}
