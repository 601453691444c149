import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';

/** Chooses an IANA zone; nothing is "not known". */
export function ZoneField({ value, ...props }: SelectProps) {
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const data = value && !zones.includes(value) ? [value, ...zones] : zones;
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
