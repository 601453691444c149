import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { signUpSchema } from '@mini-crm/domain';
import { formErrors } from '../../components/form-errors.ts';
import { TextLink } from '../../components/links.tsx';
import { trpc } from '../../trpc.ts';
import { AccountForm } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import { fieldWords } from './field-words.ts';
import { localSettings } from './local-settings.ts';
import { useEnter } from './use-enter.ts';

/** Makes an account with its first organization. */
export function SignUpPage() {
  const enter = useEnter();
  const signUp = trpc.accounts.signUp.useMutation({ onSuccess: ({ slug }) => enter({ slug }) });
  const form = useForm({
    initialValues: { name: '', email: '', password: '', organizationName: '' },
    validate: (values) => formErrors(signUpSchema, values, fieldWords),
  });
  return (
    <AccountPage
      title="Create your account"
      description="You become the owner of a new organization and can invite others."
      below={
        <>
          Have an account? <TextLink to="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <AccountForm
        error={signUp.error}
        onSubmit={form.onSubmit((values) => signUp.mutate({ ...values, ...localSettings() }))}
      >
        <TextInput label="Your name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
        <TextInput label="Company or team" autoComplete="organization" {...form.getInputProps('organizationName')} />
        <TextInput label="E-mail" type="email" autoComplete="email" {...form.getInputProps('email')} />
        <PasswordInput
          label="Password"
          description="At least 10 characters. A few words are easier to keep than a riddle."
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signUp.isPending} fullWidth>
          Create account
        </Button>
      </AccountForm>
    </AccountPage>
  );
}
