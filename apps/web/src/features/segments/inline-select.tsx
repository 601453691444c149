import { Select } from '@mantine/core';
import classes from './rows.module.css';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface InlineSelectProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly Option<T>[] | readonly { readonly group: string; readonly items: readonly Option<T>[] }[];
  readonly onChange: (value: T) => void;
  readonly placeholder?: string;
  readonly searchable?: boolean;
  readonly error?: boolean;
}

const flat = <T extends string>(options: InlineSelectProps<T>['options']): readonly Option<T>[] =>
  options.flatMap((option) => ('items' in option ? option.items : [option]));

/** A choice inside a sentence: as wide as its words. */
export function InlineSelect<T extends string>({ label, value, options, onChange, ...select }: InlineSelectProps<T>) {
  const chosen = flat(options).find((option) => option.value === value)?.label ?? value ?? select.placeholder ?? '';
  return (
    <Select
      aria-label={label}
      className={classes.inline}
      style={{ '--characters': chosen.length } as React.CSSProperties}
      data={options as never}
      value={value}
      onChange={(next) => next !== null && onChange(next as T)}
      allowDeselect={false}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={320}
      {...select}
    />
  );
}
