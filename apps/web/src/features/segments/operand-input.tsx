import { Select, TagsInput, TextInput } from '@mantine/core';
import { currencyExponent, type Field, formatAmount, type Money, parseAmount } from '@mini-crm/domain';
import { useOrganization } from '../../organization.tsx';
import { DecimalInput } from './decimal-input.tsx';
import { InlineSelect } from './inline-select.tsx';
import classes from './rows.module.css';

/** What an operand is a value of; counts and sums of numbers are plain numbers. */
export type OperandField = Pick<Field, 'type' | 'options'>;

interface OperandProps {
  readonly label: string;
  readonly field: OperandField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** One value of a field's type. An emptied input is undefined, which is not a condition yet. */
export function OperandInput({ label, field, value, onChange }: OperandProps) {
  switch (field.type) {
    case 'boolean':
      return (
        <InlineSelect
          label={label}
          value={value === true ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: 'yes' },
            { value: 'no', label: 'no' },
          ]}
          onChange={(next) => onChange(next === 'yes')}
        />
      );
    case 'number':
      return (
        <DecimalInput
          label={label}
          placeholder="number"
          decimals={4}
          value={typeof value === 'number' ? value : undefined}
          read={Number}
          show={(known) => known}
          onChange={onChange}
        />
      );
    case 'money':
      return <MoneyInput label={label} value={value as Partial<Money> | undefined} onChange={onChange} />;
    default:
      if (field.options.length > 0) {
        return (
          <Select
            aria-label={label}
            className={classes.text}
            placeholder="choose"
            data={[...field.options]}
            searchable
            value={typeof value === 'string' ? value : null}
            onChange={(next) => onChange(next ?? undefined)}
          />
        );
      }
      return (
        <TextInput
          aria-label={label}
          className={classes.text}
          placeholder="text"
          maxLength={1000}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
  }
}

interface MoneyInputProps {
  readonly label: string;
  readonly value: Partial<Money> | undefined;
  readonly onChange: (value: Partial<Money>) => void;
}

const currencies = Intl.supportedValuesOf('currency');

function MoneyInput({ label, value, onChange }: MoneyInputProps) {
  const organization = useOrganization();
  const currency = value?.currency ?? organization.currency;
  function read(typed: string) {
    const amount = parseAmount(typed, currency);
    return amount.ok ? amount.value : undefined;
  }

  return (
    <>
      <Select
        aria-label={`${label}: currency`}
        className={classes.currency}
        data={currencies}
        searchable
        allowDeselect={false}
        value={currency}
        onChange={(next) => next && onChange({ ...value, currency: next })}
      />
      <DecimalInput
        label={label}
        placeholder="amount"
        decimals={currencyExponent(currency)}
        value={value?.amount}
        read={read}
        show={(amount) => Number(formatAmount(amount, currency))}
        onChange={(amount) => onChange(amount === undefined ? { currency } : { amount, currency })}
      />
    </>
  );
}

interface ManyProps {
  readonly label: string;
  readonly field: OperandField;
  readonly values: readonly unknown[];
  readonly onChange: (values: readonly unknown[]) => void;
}

/** Many values: tags, or some of a field's own. */
export function ManyInput({ label, field, values, onChange }: ManyProps) {
  const isNumber = field.type === 'number';
  const read = (tags: string[]) =>
    onChange(isNumber ? [...new Set(tags.map(Number).filter((one) => Number.isFinite(one)))] : tags);
  return (
    <TagsInput
      aria-label={label}
      className={classes.tags}
      placeholder={values.length === 0 ? 'type a value, Enter' : ''}
      data={[...field.options]}
      value={values.map(String)}
      onChange={(tags) => read(field.options.length > 0 ? tags.filter((tag) => field.options.includes(tag)) : tags)}
      maxTags={500}
      splitChars={['\n', '\t', ';']}
      acceptValueOnBlur
    />
  );
}
