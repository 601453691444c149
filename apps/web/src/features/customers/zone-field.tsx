import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { zoneNames } from '../../components/zone-names.ts';

/** Chooses an IANA zone; nothing is "not known". */
export function ZoneField({ value, ...props }: SelectProps) {
  const data = useMemo(() => zoneNames(value), [value]);
  return (
    <Select
      label="Time zone"
      placeholder="Not known"
      data={data}
      searchable
      clearable
      limit={100}
      nothingFoundMessage="No zone of this name"
      {...props}
      value={value || null}
      onChange={(zone, option) => props.onChange?.((zone ?? '') as never, option)}
    />
  );
}
