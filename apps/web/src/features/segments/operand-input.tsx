import { Select, TagsInput, TextInput } from '@mantine/core';
import { currencyExponent, type Field, formatAmount, type Money, parseAmount } from '@mini-crm/domain';
import { useOrganization } from '../../organization.tsx';
import { currencies } from './currencies.ts';
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
            data={withOwn(field.options, typeof value === 'string' ? [value] : [])}
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

/** The options of a field, and values that were options once: they stay visible until they are exchanged. */
const withOwn = (options: readonly string[], values: readonly string[]): string[] => [
  ...options,
  ...values.filter((value) => !options.includes(value)),
];

interface MoneyInputProps {
  readonly label: string;
  readonly value: Partial<Money> | undefined;
  readonly onChange: (value: Partial<Money>) => void;
}

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
  const isKnown = (tag: string) => field.options.includes(tag) || values.includes(tag);
  return (
    <TagsInput
      aria-label={label}
      className={classes.tags}
      placeholder={values.length === 0 ? 'type a value, Enter' : ''}
      data={[...field.options]}
      value={values.map(String)}
      onChange={(tags) => read(field.options.length > 0 ? tags.filter(isKnown) : tags)}
      maxTags={500}
      splitChars={['\n', '\t', ';']}
      acceptValueOnBlur
    />
  );
}
