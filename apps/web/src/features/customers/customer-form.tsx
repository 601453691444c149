import { Anchor, Button, Collapse, Divider, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { errorWords } from '../../components/error-words.ts';
import { FormActions } from '../../components/form-actions.tsx';
import { TextLink } from '../../components/links.tsx';
import { readError } from '../../components/read-error.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { AttributeField } from './attribute-field.tsx';
import {
  type CustomerDraft,
  checkCustomer,
  type EditedCustomer,
  emptyDraft,
  readCustomer,
  type SavedCustomer,
} from './customer-draft.ts';
import { ZoneField } from './zone-field.tsx';

interface CustomerFormProps {
  /** The customer to edit; without one the form is for a new one. */
  readonly customer?: EditedCustomer;
  /** The button's words. */
  readonly action: string;
  readonly onCancel: () => void;
  /** Saves, and throws the server's refusal: its field is marked. */
  readonly onSave: (customer: SavedCustomer) => Promise<void>;
}

/** The fields of a customer with the attributes of the catalogue, for a new one and for an edit. */
export function CustomerForm({ customer, ...rest }: CustomerFormProps) {
  const { orgId } = useOrganization();
  const catalogue = trpc.attributes.list.useQuery({ orgId });
  if (catalogue.error && !catalogue.data) return <ErrorNotice error={catalogue.error} />;
  if (!catalogue.data) return null;
  return <Fields customer={customer} attributes={catalogue.data} {...rest} />;
}

interface FieldsProps extends Omit<CustomerFormProps, 'customer'> {
  readonly customer: EditedCustomer | undefined;
  readonly attributes: Parameters<typeof emptyDraft>[0];
}

function Fields({ customer, attributes, action, onCancel, onSave }: FieldsProps) {
  const { slug, can } = useOrganization();
  const [error, setError] = useState<unknown>(null);
  const [more, setMore] = useState(Boolean(customer?.timeZone || customer?.locale));
  const form = useForm<CustomerDraft>({
    initialValues: emptyDraft(attributes, customer),
    validate: (draft) => checkCustomer(draft, attributes),
  });

  async function save(draft: CustomerDraft) {
    setError(null);
    try {
      await onSave(readCustomer(draft, attributes, customer));
    } catch (refusal) {
      const read = readError(refusal);
      const field = fieldOf(read.path, attributes);
      if (field === null) setError(refusal);
      else form.setFieldError(field, errorWords(read).title);
    }
  }

  return (
    <form noValidate onSubmit={form.onSubmit(save)}>
      <Stack gap="md">
        <Group grow gap="sm" align="flex-start" wrap="nowrap">
          <TextInput label="First name" autoComplete="off" data-autofocus {...form.getInputProps('firstName')} />
          <TextInput label="Last name" autoComplete="off" {...form.getInputProps('lastName')} />
        </Group>
        <TextInput label="E-mail" type="email" autoComplete="off" {...form.getInputProps('email')} />
        <TextInput
          label="Phone"
          type="tel"
          autoComplete="off"
          placeholder="+1 415 555 2671"
          {...form.getInputProps('phone')}
        />
        <TextInput
          label="External id"
          description="What your shop or another system calls this customer. Imports match by it."
          autoComplete="off"
          {...form.getInputProps('externalId')}
        />
        <div>
          <Anchor component="button" type="button" size="sm" aria-expanded={more} onClick={() => setMore(!more)}>
            <IconChevronRight
              size={14}
              aria-hidden
              style={{ verticalAlign: -2, transform: more ? 'rotate(90deg)' : undefined }}
            />{' '}
            Time zone and language
          </Anchor>
          <Collapse expanded={more}>
            <Stack gap="md" mt="sm">
              <ZoneField {...form.getInputProps('timeZone')} />
              <TextInput label="Language" placeholder="en-US" autoComplete="off" {...form.getInputProps('locale')} />
            </Stack>
          </Collapse>
        </div>
        {attributes.length > 0 && <Divider label="Attributes" labelPosition="left" />}
        {attributes.map((attribute) => (
          <AttributeField
            key={attribute.slug}
            attribute={attribute}
            value={form.values.attributes[attribute.slug] ?? ''}
            onChange={(value) => form.setFieldValue(`attributes.${attribute.slug}`, value as never)}
            error={form.errors[`attributes.${attribute.slug}`] as string | undefined}
          />
        ))}
        {attributes.length === 0 && can('attributes.create') && (
          <div style={{ color: 'var(--mantine-color-dimmed)', fontSize: '0.8125rem' }}>
            Want to keep more than this?{' '}
            <TextLink to="/o/$org/settings/attributes" params={{ org: slug }} inherit>
              Add attributes
            </TextLink>{' '}
            such as a birthday or a favourite store.
          </div>
        )}
        <ErrorNotice error={error} />
      </Stack>
      <FormActions note={customer && form.isDirty() ? 'Unsaved changes' : undefined}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={form.submitting}>
          {action}
        </Button>
      </FormActions>
    </form>
  );
}

/** The form's field that a refusal is about, or null where it is about none of them. */
function fieldOf(path: readonly (string | number)[] | null, attributes: readonly { slug: string }[]): string | null {
  const [first, second] = path ?? [];
  if (first === 'attributes') return attributes.some(({ slug }) => slug === second) ? `attributes.${second}` : null;
  return typeof first === 'string' && first in emptyDraft([]) ? first : null;
}
