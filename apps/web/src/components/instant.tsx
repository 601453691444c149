import { Text, type TextProps, Tooltip } from '@mantine/core';
import { formatExactInstant, formatInstant, type InstantValue } from './format-instant.ts';
import { useNow } from './use-now.ts';

interface InstantProps extends TextProps {
  readonly value: InstantValue | null | undefined;
  /** IANA zone to show it in; the reader's own where none is given. */
  readonly zone?: string;
  /** What stands where there is no instant. */
  readonly none?: string;
}

/** An instant: relative within a day, the exact instant and its zone on hover and for screen readers. */
export function Instant({ value, zone, none = '–', ...text }: InstantProps) {
  const now = useNow();
  if (value === null || value === undefined) {
    return (
      <Text span inherit c="dimmed" {...text}>
        {none}
      </Text>
    );
  }
  const exact = formatExactInstant(value, { zone });
  return (
    <Tooltip label={exact}>
      <Text span inherit {...text}>
        <time dateTime={new Date(value).toISOString()}>{formatInstant(value, now, { zone })}</time>
      </Text>
    </Tooltip>
  );
}
