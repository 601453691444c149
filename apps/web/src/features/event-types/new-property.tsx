import { Button, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { declarePropertySchema, type PropertyType, propertyTypes } from '@mini-crm/domain';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { propertyTypeWords } from './property-type-words.ts';

interface NewPropertyProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly types: Outputs['eventTypes']['list']['types'];
}

/** Says what a property is before the first event has it, so that a first value can't give it the wrong type. */
export function NewProperty({ opened, onClose, types }: NewPropertyProps) {
  return (
    <SidePanel title="New property" opened={opened} onClose={onClose}>
      <NewPropertyForm onClose={onClose} types={types} />
    </SidePanel>
  );
}

function NewPropertyForm({ onClose, types }: Omit<NewPropertyProps, 'opened'>) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm<{ name: string; type: PropertyType; eventTypes: string[] }>({
    initialValues: { name: '', type: 'string', eventTypes: [] },
    validate: (values) =>
      formErrors(
        declarePropertySchema,
        { ...values, label: null },
        {
          name: 'Use small letters, digits and underscores; a letter comes first.',
          eventTypes: 'Choose the events that have it.',
        },
      ),
  });
  const declare = trpc.eventTypes.declareProperty.useMutation({
    onSuccess: async () => {
      notifyDone('Property added');
      onClose();
      await Promise.all([utils.eventTypes.list.invalidate({ orgId }), utils.segments.fields.invalidate({ orgId })]);
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => declare.mutate({ orgId, label: null, ...values }))}>
      <Stack gap="md">
        <TextInput
          label="Name that programs send"
          placeholder="order_source"
          autoComplete="off"
          data-autofocus
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('name')}
        />
        <Select
          label="Type"
          description={`A program sends it as ${propertyTypeWords[form.values.type].example}. To change it later, delete the property and add it again.`}
          data={propertyTypes.map((type) => ({ value: type, label: propertyTypeWords[type].name }))}
          allowDeselect={false}
          {...form.getInputProps('type')}
        />
        <MultiSelect
          label="Events that have it"
          searchable
          data={types.map(({ type, label }) => ({ value: type, label }))}
          {...form.getInputProps('eventTypes')}
        />
        <ErrorNotice error={declare.error} />
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={declare.isPending}>
          Add property
        </Button>
      </FormActions>
    </form>
  );
}
