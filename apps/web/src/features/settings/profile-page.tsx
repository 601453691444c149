import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { passwordSchema, personNameSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { SessionList } from './session-list.tsx';

/** One's own name, password and sessions. */
export function ProfilePage() {
  return (
    <Stack gap="md">
      <NameForm />
      <PasswordForm />
      <SessionList />
    </Stack>
  );
}

const nameSchema = z.object({ name: personNameSchema });

function NameForm() {
  const { me } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm({
    initialValues: { name: me.name },
    validate: (values) => formErrors(nameSchema, values, { name: 'Enter your name.' }),
  });
  const update = trpc.accounts.updateProfile.useMutation({
    onSuccess: async () => {
      form.resetDirty();
      notifyDone('Name saved');
      await Promise.all([utils.accounts.me.invalidate(), utils.members.list.invalidate()]);
    },
  });
  return (
    <Section title="You">
      <form noValidate onSubmit={form.onSubmit((values) => update.mutate(values))}>
        <Stack gap="md">
          <TextInput label="Name" autoComplete="name" {...form.getInputProps('name')} />
          <TextInput label="E-mail" description="You sign in with it." value={me.email} readOnly />
          <ErrorNotice error={update.error} />
        </Stack>
        <FormActions>
          <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
            Save name
          </Button>
        </FormActions>
      </form>
    </Section>
  );
}

const changeSchema = z.object({ current: z.string().min(1), password: passwordSchema });

function PasswordForm() {
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: (values) =>
      formErrors(changeSchema, values, { current: 'Enter your password.', password: 'Use at least 10 characters.' }),
  });
  const utils = trpc.useUtils();
  const change = trpc.accounts.changePassword.useMutation({
    onSuccess: () => {
      form.reset();
      notifyDone('Password changed. Other sessions were signed out.');
      return utils.accounts.sessions.invalidate();
    },
  });
  return (
    <Section title="Password" description="Changing it signs you out everywhere else.">
      <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <Stack gap="md">
          <PasswordInput label="Current password" autoComplete="current-password" {...form.getInputProps('current')} />
          <PasswordInput
            label="New password"
            description="At least 10 characters."
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <ErrorNotice error={change.error} />
        </Stack>
        <FormActions>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </FormActions>
      </form>
    </Section>
  );
}
