import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { addSuppressionSchema, type SuppressionScope, suppressionScopes } from '@mini-crm/domain';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { scopeWords } from './suppression-words.ts';

interface AddSuppressionProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Puts an address on the list by hand. */
export function AddSuppression({ opened, onClose }: AddSuppressionProps) {
  return (
    <SidePanel title="Suppress address" opened={opened} onClose={onClose}>
      <Form onClose={onClose} />
    </SidePanel>
  );
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm<{ address: string; scope: SuppressionScope }>({
    initialValues: { address: '', scope: 'marketing' },
    validate: (values) =>
      formErrors(addSuppressionSchema, values, { address: 'Enter an e-mail address such as ann@example.com.' }),
  });
  const add = trpc.suppressions.add.useMutation({
    onSuccess: async ({ added }, { address }) => {
      await utils.suppressions.invalidate();
      notifyDone(added ? `${address} is suppressed` : `${address} was on the list already`);
      onClose();
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => add.mutate({ orgId, ...values }))}>
      <Stack gap="md">
        <TextInput label="E-mail" type="email" autoComplete="off" data-autofocus {...form.getInputProps('address')} />
        <Radio.Group label="Stops" {...form.getInputProps('scope')}>
          <Stack gap="xs" mt={4}>
            {suppressionScopes.map((scope) => (
              <Radio
                key={scope}
                value={scope}
                label={scopeWords[scope].label}
                description={scopeWords[scope].description}
              />
            ))}
          </Stack>
        </Radio.Group>
        <ErrorNotice error={add.error} />
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={add.isPending}>
          Suppress address
        </Button>
      </FormActions>
    </form>
  );
}
