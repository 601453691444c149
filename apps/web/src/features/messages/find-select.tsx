import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Found } from './use-found.ts';

interface FindSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  /** What the chosen one is called. */
  readonly name: string | undefined;
  readonly nothing: string;
  readonly onChange: (value: string) => void;
  /** A hook: what is found for some words. */
  readonly useFound: (words: string) => Found;
}

/** A field that finds one of many by name, on the server, while one types. */
export function FindSelect({ label, value, name, nothing, onChange, useFound }: FindSelectProps) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  // The name of the one who is chosen stands in the field; it is no search.
  const found = useFound(search === name ? '' : search);
  const missing = value !== undefined && name !== undefined && !found.some((option) => option.value === value);
  return (
    <Select
      label={label}
      w={280}
      data={missing ? [{ value, label: name }, ...found] : [...found]}
      value={value ?? null}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(next) => next && onChange(next)}
      filter={({ options }) => options}
      nothingFoundMessage={nothing}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
      data-autofocus
    />
  );
}
