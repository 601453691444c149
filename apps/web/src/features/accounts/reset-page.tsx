import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { passwordSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { formErrors } from '../../components/form-errors.ts';
import { TextLink } from '../../components/links.tsx';
import { trpc } from '../../trpc.ts';
import { AccountForm } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import { fieldWords } from './field-words.ts';
import { useEnter } from './use-enter.ts';

const schema = z.object({ password: passwordSchema });

/** Sets a new password by the link of a mail, and signs in. */
export function ResetPage({ token }: { readonly token: string }) {
  const enter = useEnter();
  const reset = trpc.accounts.resetPassword.useMutation({ onSuccess: () => enter({ path: '/' }) });
  const form = useForm({
    initialValues: { password: '' },
    validate: (values) => formErrors(schema, values, fieldWords),
  });
  return (
    <AccountPage
      title="Choose a new password"
      description="You are signed out everywhere else."
      below={<TextLink to="/forgot">Ask for a new link</TextLink>}
    >
      <AccountForm error={reset.error} onSubmit={form.onSubmit(({ password }) => reset.mutate({ token, password }))}>
        <PasswordInput
          label="New password"
          description="At least 10 characters."
          autoComplete="new-password"
          autoFocus
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={reset.isPending} fullWidth>
          Save password and sign in
        </Button>
      </AccountForm>
    </AccountPage>
  );
}
