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
  /** What a value is called that is none of the options: something that was removed. */
  readonly missing?: string;
}

const flat = <T extends string>(options: InlineSelectProps<T>['options']): readonly Option<T>[] =>
  options.flatMap((option) => ('items' in option ? option.items : [option]));

/** A choice inside a sentence: as wide as its words. */
export function InlineSelect<T extends string>({
  label,
  value,
  options,
  onChange,
  missing,
  ...select
}: InlineSelectProps<T>) {
  const known = flat(options).find((option) => option.value === value);
  const isMissing = value !== null && known === undefined;
  const chosen = known?.label ?? (isMissing ? (missing ?? value) : (select.placeholder ?? ''));
  return (
    <Select
      aria-label={label}
      data-choice
      title={chosen.length > 36 ? chosen : undefined}
      className={classes.inline}
      style={{ '--characters': chosen.length } as React.CSSProperties}
      data={(isMissing ? [{ value, label: chosen, disabled: true }, ...options] : options) as never}
      value={value}
      onChange={(next) => next !== null && onChange(next as T)}
      allowDeselect={false}
      nothingFoundMessage={select.searchable ? 'Nothing of this name' : undefined}
      // As wide as its longest option, where the window has room for it.
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      classNames={{ dropdown: classes.options ?? '' }}
      maxDropdownHeight={320}
      {...select}
    />
  );
}
