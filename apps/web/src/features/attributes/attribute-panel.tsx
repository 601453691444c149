import { Button, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Attribute, type AttributeType, attributeSchema, attributeTypes } from '@mini-crm/domain';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { errorWords } from '../../components/error-words.ts';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { readError } from '../../components/read-error.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { attributeTypeWords, hasOptions, slugFromLabel } from './attribute-types.ts';
import classes from './attributes.module.css';

interface AttributePanelProps {
  /** The attribute to edit, `new` for another one, null closes the panel. */
  readonly edited: Attribute | 'new' | null;
  readonly onClose: () => void;
}

/** Adds an attribute, or changes label and options of one; its name and type are for ever. */
export function AttributePanel({ edited, onClose }: AttributePanelProps) {
  const title = edited === 'new' ? 'New attribute' : 'Edit attribute';
  return (
    <SidePanel title={title} opened={edited !== null} onClose={onClose}>
      {edited !== null && <AttributeForm held={edited === 'new' ? null : edited} onClose={onClose} />}
    </SidePanel>
  );
}

const words = {
  label: 'Enter a label of at most 80 characters.',
  slug: 'Use small letters, digits and underscores; a letter comes first.',
  options: 'Each option has at most 200 characters.',
};
const fresh: Attribute = { slug: '', label: '', type: 'string', options: [] };

function AttributeForm({ held, onClose }: { readonly held: Attribute | null; readonly onClose: () => void }) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm<Attribute>({
    initialValues: held ?? fresh,
    validate: (values) => ({
      ...formErrors(attributeSchema, values, words),
      ...(hasOptions(values.type) && values.options.length === 0 ? { options: 'Name at least one option.' } : {}),
    }),
  });
  const saved = {
    onSuccess: async () => {
      notifyDone(held ? 'Attribute saved' : 'Attribute added');
      onClose();
      await utils.attributes.list.invalidate({ orgId });
    },
    onError: (error: unknown) => {
      const read = readError(error);
      const field = read.path?.[0];
      if (field === 'slug' || field === 'options') form.setFieldError(field, errorWords(read).title);
    },
  };
  const create = trpc.attributes.create.useMutation(saved);
  const update = trpc.attributes.update.useMutation(saved);
  const error = create.error ?? update.error;
  const slugFollows = !held && form.values.slug === slugFromLabel(form.values.label);

  function save({ slug, label, type, options }: Attribute) {
    if (held) update.mutate({ orgId, slug, label, options });
    else create.mutate({ orgId, slug, label, type, options });
  }

  return (
    <form noValidate onSubmit={form.onSubmit(save)}>
      <Stack gap="md">
        <TextInput
          label="Label"
          placeholder="Favourite store"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('label')}
          onChange={(event) => {
            const label = event.currentTarget.value;
            form.setFieldValue('label', label);
            if (slugFollows) form.setFieldValue('slug', slugFromLabel(label));
          }}
        />
        <TextInput
          label="Name in templates and files"
          description={held ? 'It can’t change: segments and templates use it.' : 'It can’t be changed later.'}
          autoComplete="off"
          disabled={held !== null}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('slug')}
        />
        <Select
          label="Type"
          description={
            held ? 'It can’t change: values are stored by it.' : attributeTypeWords[form.values.type].example
          }
          data={attributeTypes.map((type) => ({ value: type, label: attributeTypeWords[type].name }))}
          allowDeselect={false}
          disabled={held !== null}
          maxDropdownHeight={420}
          renderOption={({ option }) => (
            <div>
              <div>{option.label}</div>
              <div className={classes.example}>{attributeTypeWords[option.value as AttributeType].example}</div>
            </div>
          )}
          {...form.getInputProps('type')}
        />
        {hasOptions(form.values.type) && (
          <TagsInput
            label="Options"
            description="Type one and press Enter. One that customers have can’t be taken away."
            maxTags={500}
            {...form.getInputProps('options')}
          />
        )}
        {!form.errors.slug && !form.errors.options && <ErrorNotice error={error} />}
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending || update.isPending}>
          {held ? 'Save attribute' : 'Add attribute'}
        </Button>
      </FormActions>
    </form>
  );
}
