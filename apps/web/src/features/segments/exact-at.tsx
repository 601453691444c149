import { Tooltip } from '@mantine/core';
import { formatExactInstant } from '../../components/format-instant.ts';

/** The time of day to the second, for a figure that changes while one looks. */
export function ExactAt({ value }: { readonly value: Date | string }) {
  const instant = new Date(value);
  return (
    <Tooltip label={formatExactInstant(instant, {})}>
      <time dateTime={instant.toISOString()}>
        {new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(instant)}
      </time>
    </Tooltip>
  );
}
