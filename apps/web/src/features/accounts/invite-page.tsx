import { Button, PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { passwordSchema, personNameSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { ErrorState } from '../../components/error-state.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { LinkButton } from '../../components/links.tsx';
import { roleNames } from '../../components/role-names.ts';
import { type Outputs, trpc } from '../../trpc.ts';
import { AccountForm } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import { fieldWords } from './field-words.ts';
import { useEnter } from './use-enter.ts';

type Invitation = Outputs['accounts']['invitation'];

/** Accepts an invitation: a new person gives name and password, a known one signs in first. */
export function InvitePage({ token }: { readonly token: string }) {
  const invitation = trpc.accounts.invitation.useQuery({ token }, { staleTime: 60_000 });
  const me = trpc.accounts.me.useQuery();
  if (invitation.error) {
    return (
      <AccountPage title="Invitation">
        <ErrorState error={invitation.error} compact actions={<LinkButton to="/">Go to the start</LinkButton>} />
      </AccountPage>
    );
  }
  if (!invitation.data || me.data === undefined) {
    return (
      <AccountPage title="Invitation">
        <Skeleton height={120} mt={20} />
      </AccountPage>
    );
  }
  const { organizationName, invitedBy, role } = invitation.data;
  return (
    <AccountPage
      title={`Join ${organizationName}`}
      description={`${invitedBy ?? 'Somebody'} invites you as ${roleNames[role].name.toLowerCase()}. ${roleNames[role].may}`}
    >
      {me.data ? (
        <AcceptSignedIn token={token} invitation={invitation.data} email={me.data.user.email} />
      ) : invitation.data.hasAccount ? (
        <SignInFirst token={token} email={invitation.data.email} />
      ) : (
        <AcceptAsNew token={token} email={invitation.data.email} />
      )}
    </AccountPage>
  );
}

function useAccept() {
  const enter = useEnter();
  return trpc.accounts.acceptInvitation.useMutation({ onSuccess: ({ slug }) => enter({ slug }) });
}

interface AcceptSignedInProps {
  readonly token: string;
  readonly invitation: Invitation;
  readonly email: string;
}

function AcceptSignedIn({ token, invitation, email }: AcceptSignedInProps) {
  const accept = useAccept();
  const utils = trpc.useUtils();
  const signOut = trpc.accounts.signOut.useMutation({ onSuccess: () => utils.invalidate() });
  return (
    <AccountForm
      error={accept.error ?? signOut.error}
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate({ token });
      }}
    >
      <TextInput label="You are signed in as" value={email} readOnly />
      <Button type="submit" loading={accept.isPending} fullWidth>
        Join {invitation.organizationName}
      </Button>
      <Button variant="subtle" color="gray" loading={signOut.isPending} onClick={() => signOut.mutate()} fullWidth>
        Sign out to use another account
      </Button>
    </AccountForm>
  );
}

function SignInFirst({ token, email }: { readonly token: string; readonly email: string }) {
  return (
    <>
      <p>{email} has an account. Sign in to it, then accept.</p>
      <LinkButton to="/sign-in" search={{ next: `/invite/${token}` }} fullWidth mt={20}>
        Sign in and go on
      </LinkButton>
    </>
  );
}

const newPersonSchema = z.object({ name: personNameSchema, password: passwordSchema });

function AcceptAsNew({ token, email }: { readonly token: string; readonly email: string }) {
  const accept = useAccept();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: (values) => formErrors(newPersonSchema, values, fieldWords),
  });
  return (
    <AccountForm error={accept.error} onSubmit={form.onSubmit((values) => accept.mutate({ token, ...values }))}>
      <TextInput label="E-mail" value={email} autoComplete="email" readOnly />
      <TextInput label="Your name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
      <PasswordInput
        label="Password"
        description="At least 10 characters."
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <Button type="submit" loading={accept.isPending} fullWidth>
        Create account and join
      </Button>
    </AccountForm>
  );
}
