import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { organizationNameSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { formErrors } from '../../components/form-errors.ts';
import { trpc } from '../../trpc.ts';
import { AccountForm } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import { fieldWords } from './field-words.ts';
import { localSettings } from './local-settings.ts';
import { useEnter } from './use-enter.ts';

const schema = z.object({ organizationName: organizationNameSchema });

/** For a person who belongs to no organization any more: they can make one, or wait for an invitation. */
export function NoOrganizationPage() {
  const enter = useEnter();
  const create = trpc.accounts.createOrganization.useMutation({ onSuccess: ({ slug }) => enter({ slug }) });
  const form = useForm({
    initialValues: { organizationName: '' },
    validate: (values) => formErrors(schema, values, fieldWords),
  });
  return (
    <AccountPage
      title="Create an organization"
      description="You belong to none at the moment. Create one, or open the link of an invitation."
    >
      <AccountForm
        error={create.error}
        onSubmit={form.onSubmit((values) => create.mutate({ ...values, ...localSettings() }))}
      >
        <TextInput
          label="Company or team"
          autoComplete="organization"
          autoFocus
          {...form.getInputProps('organizationName')}
        />
        <Button type="submit" loading={create.isPending} fullWidth>
          Create organization
        </Button>
      </AccountForm>
    </AccountPage>
  );
}
