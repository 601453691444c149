import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { emailAddressSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { formErrors } from '../../components/form-errors.ts';
import { TextLink } from '../../components/links.tsx';
import { trpc } from '../../trpc.ts';
import { AccountForm } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import { fieldWords } from './field-words.ts';

const schema = z.object({ email: emailAddressSchema });

/** Asks for a link to a new password. The answer is the same whether there is an account or not. */
export function ForgotPage({ email }: { readonly email: string }) {
  const request = trpc.accounts.requestPasswordReset.useMutation();
  const form = useForm({ initialValues: { email }, validate: (values) => formErrors(schema, values, fieldWords) });
  const back = <TextLink to="/sign-in">Back to sign in</TextLink>;
  if (request.isSuccess) {
    return (
      <AccountPage
        title="Look into your inbox"
        description={`If ${form.values.email} has an account, a link to a new password is on its way. It works for two hours.`}
        below={back}
      >
        {null}
      </AccountPage>
    );
  }
  return (
    <AccountPage title="Reset your password" description="We send a link to your address." below={back}>
      <AccountForm error={request.error} onSubmit={form.onSubmit((values) => request.mutate(values))}>
        <TextInput label="E-mail" type="email" autoComplete="email" autoFocus {...form.getInputProps('email')} />
        <Button type="submit" loading={request.isPending} fullWidth>
          Send link
        </Button>
      </AccountForm>
    </AccountPage>
  );
}
