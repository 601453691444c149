import { Button, Group, Stack, TextInput } from '@mantine/core';
import { isCivilDate } from '@mini-crm/domain';
import { type FormEvent, useState } from 'react';

interface DayRangeProps {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

/** Two days, both included; either may be open. */
export function DayRange({ from, to, onChange }: DayRangeProps) {
  const [first, setFirst] = useState(from ?? '');
  const [last, setLast] = useState(to ?? '');
  const reversed = first !== '' && last !== '' && first > last;
  const read = (day: string) => (isCivilDate(day) ? day : undefined);

  function apply(event: FormEvent) {
    event.preventDefault();
    if (!reversed) onChange({ from: read(first), to: read(last) });
  }

  return (
    <form onSubmit={apply}>
      <Stack gap="sm">
        <TextInput type="date" label="From" value={first} onChange={(event) => setFirst(event.currentTarget.value)} />
        <TextInput
          type="date"
          label="To"
          value={last}
          error={reversed && 'This is before the first day.'}
          onChange={(event) => setLast(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" size="xs" disabled={reversed}>
            Show these days
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
