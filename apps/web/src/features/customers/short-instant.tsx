import { Text, Tooltip } from '@mantine/core';
import { formatDay, formatExactInstant } from '../../components/format-instant.ts';
import { Instant } from '../../components/instant.tsx';
import { useNow } from '../../components/use-now.ts';

interface ShortInstantProps {
  readonly value: string | null;
  readonly zone: string;
  readonly none?: string;
}

const day = 86_400_000;

/** An instant where a table has little room: relative within a day, else the day alone; the exact instant on hover. */
export function ShortInstant({ value, zone, none = '–' }: ShortInstantProps) {
  const now = useNow();
  if (value === null || Math.abs(now.getTime() - new Date(value).getTime()) < day) {
    return <Instant value={value} zone={zone} none={none} style={{ whiteSpace: 'nowrap' }} />;
  }
  return (
    <Tooltip label={formatExactInstant(value, { zone })}>
      <Text span inherit style={{ whiteSpace: 'nowrap' }}>
        <time dateTime={value}>{formatDay(value, { zone })}</time>
      </Text>
    </Tooltip>
  );
}
