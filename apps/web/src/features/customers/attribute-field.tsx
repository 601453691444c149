import { Group, MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { Attribute } from '@mini-crm/domain';
import { useOrganization } from '../../organization.tsx';
import type { AttributeDraft } from './attribute-draft.ts';

interface AttributeFieldProps {
  readonly attribute: Attribute;
  readonly value: AttributeDraft;
  readonly onChange: (value: AttributeDraft) => void;
  readonly error?: string | undefined;
}

/** The field of one attribute, by its type. */
export function AttributeField({ attribute, value, onChange, error }: AttributeFieldProps) {
  const { label, type, options } = attribute;
  const text = typeof value === 'string' ? value : '';
  const items = typeof value === 'string' ? [] : [...value];
  const base = { label, error };
  const field = {
    ...base,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  switch (type) {
    case 'string':
      return text.includes('\n') ? <Textarea autosize maxRows={8} {...field} /> : <TextInput {...field} />;
    case 'number':
      return <TextInput inputMode="decimal" {...field} />;
    case 'boolean':
      return (
        <Select
          {...base}
          data={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
          placeholder="Not known"
          clearable
          value={text || null}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'date':
      return <TextInput type="date" {...field} />;
    case 'datetime':
      return <TextInput type="datetime-local" {...field} />;
    case 'money':
      return <MoneyField attribute={attribute} value={text} onChange={onChange} error={error} />;
    case 'enum':
      return (
        <Select
          {...base}
          data={withHeld(options, text === '' ? [] : [text])}
          placeholder="Not known"
          clearable
          searchable={options.length > 8}
          value={text || null}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'enumList':
      return (
        <MultiSelect {...base} data={withHeld(options, items)} clearable searchable value={items} onChange={onChange} />
      );
    case 'stringList':
      return (
        <TagsInput
          {...base}
          placeholder="Type and press Enter"
          clearable
          maxTags={100}
          value={items}
          onChange={onChange}
        />
      );
    default:
      return type satisfies never;
  }
}

/** A value whose option is gone from the catalogue can still be seen. */
const withHeld = (options: readonly string[], held: readonly string[]) => [...new Set([...options, ...held])];

function MoneyField({ attribute, value, onChange, error }: AttributeFieldProps) {
  const { currency: own } = useOrganization();
  const [amount = '', currency = own] = String(value).split(' ');
  const change = (digits: string, unit: string) => onChange(digits.trim() === '' ? '' : `${digits.trim()} ${unit}`);
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        label={attribute.label}
        inputMode="decimal"
        placeholder="0.00"
        flex={1}
        error={error}
        value={amount}
        onChange={(event) => change(event.currentTarget.value.replaceAll(' ', ''), currency)}
      />
      <Select
        aria-label={`Currency of ${attribute.label}`}
        data={Intl.supportedValuesOf('currency')}
        w={96}
        searchable
        limit={200}
        allowDeselect={false}
        value={currency}
        onChange={(unit) => unit && change(amount, unit)}
      />
    </Group>
  );
}
