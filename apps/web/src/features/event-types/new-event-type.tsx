import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { declareEventTypeSchema } from '@mini-crm/domain';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface NewEventTypeProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Says that a kind of events will come, so that segments can be made before the first one is here. */
export function NewEventType({ opened, onClose }: NewEventTypeProps) {
  return (
    <SidePanel title="New event" opened={opened} onClose={onClose}>
      <NewEventTypeForm onClose={onClose} />
    </SidePanel>
  );
}

function NewEventTypeForm({ onClose }: { readonly onClose: () => void }) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm({
    initialValues: { type: '', label: '' },
    validate: ({ type, label }) =>
      formErrors(
        declareEventTypeSchema,
        { type, label: label.trim() || null },
        {
          type: 'Use small letters, digits and underscores; a letter comes first.',
          label: 'Enter a name of at most 80 characters.',
        },
      ),
  });
  const declare = trpc.eventTypes.declareType.useMutation({
    onSuccess: async () => {
      notifyDone('Event added');
      onClose();
      await Promise.all([utils.eventTypes.list.invalidate({ orgId }), utils.segments.fields.invalidate({ orgId })]);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ type, label }) => declare.mutate({ orgId, type, label: label.trim() || null }))}
    >
      <Stack gap="md">
        <TextInput
          label="Name that programs send"
          placeholder="added_to_cart"
          autoComplete="off"
          data-autofocus
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('type')}
        />
        <TextInput
          label="Name that people see"
          description="Made of the other one where you leave it empty."
          placeholder="Added to cart"
          autoComplete="off"
          {...form.getInputProps('label')}
        />
        <ErrorNotice error={declare.error} />
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={declare.isPending}>
          Add event
        </Button>
      </FormActions>
    </form>
  );
}
