import { Stack, Text, Textarea } from '@mantine/core';
import { CopyField } from '../../components/copy-field.tsx';

interface DnsRecordProps {
  readonly record: { readonly name: string; readonly value: string };
}

/** The TXT record that has to stand in the DNS before receivers can check signatures. */
export function DnsRecord({ record }: DnsRecordProps) {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        Publish this TXT record where the domain’s DNS is kept. Until it stands there, receivers take messages as
        unsigned.
      </Text>
      <CopyField label="Name" value={record.name} />
      {record.value.length > 120 ? (
        <Textarea
          label="Value"
          value={record.value}
          readOnly
          autosize
          minRows={3}
          maxRows={8}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
        />
      ) : (
        <CopyField label="Value" value={record.value} />
      )}
    </Stack>
  );
}
