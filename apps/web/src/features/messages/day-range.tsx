import { Group, TextInput } from '@mantine/core';
import { formatCivilDate } from '../../components/format-instant.ts';

interface DayRangeProps {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

/** Two days, both included; either may be open. */
export function DayRange({ from, to, onChange }: DayRangeProps) {
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        type="date"
        label="From"
        value={from ?? ''}
        max={to}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined, to })}
      />
      <TextInput
        type="date"
        label="To"
        value={to ?? ''}
        min={from}
        onChange={(event) => onChange({ from, to: event.currentTarget.value || undefined })}
      />
    </Group>
  );
}

/** `1 Nov 2026 to 3 Nov 2026`, `since`, `until`; undefined where neither day is set. */
export function rangeWords(from: string | undefined, to: string | undefined): string | undefined {
  if (from && to) return from === to ? formatCivilDate(from) : `${formatCivilDate(from)} to ${formatCivilDate(to)}`;
  if (from) return `since ${formatCivilDate(from)}`;
  return to ? `until ${formatCivilDate(to)}` : undefined;
}
