import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

interface SearchBoxProps {
  readonly value: string;
  /** Called 200 ms after the last key, so that a word is one search. */
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
}

/** A search field that keeps what is typed and reports it once typing pauses. */
export function SearchBox({ value, onChange, placeholder }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const reported = useRef(value);
  const report = useRef(onChange);
  report.current = onChange;
  useEffect(() => {
    // The address changed by something else than typing: going back, clearing the filters.
    if (value === reported.current) return;
    reported.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === reported.current) return;
    const timer = setTimeout(() => {
      reported.current = typed;
      report.current(typed);
    }, 200);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      type="search"
      role="searchbox"
      aria-label={placeholder}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && typed !== '' && setTyped('')}
      leftSection={<IconSearch size={16} stroke={1.7} />}
      rightSection={typed !== '' && <CloseButton size="sm" aria-label="Clear search" onClick={() => setTyped('')} />}
      styles={{ input: { appearance: 'none' } }}
    />
  );
}
