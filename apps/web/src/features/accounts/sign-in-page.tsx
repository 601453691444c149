import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { signInSchema } from '@mini-crm/domain';
import { formErrors } from '../../components/form-errors.ts';
import { TextLink } from '../../components/links.tsx';
import { trpc } from '../../trpc.ts';
import { AccountForm } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import { fieldWords } from './field-words.ts';
import { useEnter } from './use-enter.ts';

interface SignInPageProps {
  /** Where the reader wanted to go before they were asked who they are. */
  readonly next: string | undefined;
}

/** Signs in and goes on to where one was going. */
export function SignInPage({ next }: SignInPageProps) {
  const enter = useEnter();
  const signIn = trpc.accounts.signIn.useMutation({ onSuccess: () => enter({ path: next ?? '/' }) });
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: (values) => ({
      ...formErrors(signInSchema, values, fieldWords),
      ...(values.password === '' ? { password: 'Enter your password.' } : {}),
    }),
  });
  return (
    <AccountPage
      title="Sign in"
      below={
        <>
          New here? <TextLink to="/sign-up">Create an account</TextLink>
        </>
      }
    >
      <AccountForm error={signIn.error} onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <TextInput label="E-mail" type="email" autoComplete="email" autoFocus {...form.getInputProps('email')} />
        <div>
          <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
          <TextLink
            to="/forgot"
            search={{ email: form.values.email || undefined }}
            fz="xs"
            mt={6}
            display="inline-block"
          >
            Forgot your password?
          </TextLink>
        </div>
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </AccountForm>
    </AccountPage>
  );
}
