import { Alert, Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ApiScope, apiScopes, createApiKeySchema } from '@mini-crm/domain';
import { IconEyeOff } from '@tabler/icons-react';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { apiScopeWords } from './api-scope-words.ts';

interface NewApiKeyProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a key and shows it, this once. */
export function NewApiKey({ opened, onClose }: NewApiKeyProps) {
  return (
    <SidePanel title="New API key" opened={opened} onClose={onClose}>
      <NewApiKeyForm onClose={onClose} />
    </SidePanel>
  );
}

function NewApiKeyForm({ onClose }: { readonly onClose: () => void }) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm<{ name: string; scopes: ApiScope[] }>({
    initialValues: { name: '', scopes: ['customers:write', 'events:write'] },
    validate: (values) =>
      formErrors(createApiKeySchema, values, {
        name: 'Enter a name of at most 80 characters.',
        scopes: 'Choose at least one.',
      }),
  });
  const create = trpc.apiKeys.create.useMutation({ onSuccess: () => utils.apiKeys.list.invalidate({ orgId }) });

  if (create.data) {
    return (
      <Stack gap="md">
        <Alert color="yellow" icon={<IconEyeOff size={18} stroke={1.7} />}>
          Copy the key now. It is not kept here, and nobody can show it to you again.
        </Alert>
        <CopyField
          label={`Key of “${form.values.name.trim()}”`}
          description="Keep it where programs keep passwords, never in a page or an app that people can open."
          value={create.data.key}
        />
        <FormActions>
          <Button onClick={onClose}>Close panel</Button>
        </FormActions>
      </Stack>
    );
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => create.mutate({ orgId, ...values }))}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="The program that uses it, so that you know which key to revoke."
          placeholder="Web shop"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label="What it may do" {...form.getInputProps('scopes')}>
          <Stack gap="xs" mt={4}>
            {apiScopes.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={apiScopeWords[scope].name}
                description={apiScopeWords[scope].may}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <ErrorNotice error={create.error} />
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending}>
          Create key
        </Button>
      </FormActions>
    </form>
  );
}
