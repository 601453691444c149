import { Stack, Text } from '@mantine/core';
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
      <CopyField label="Name of the record" value={record.name} />
      <CopyField label="Value of the record" value={record.value} />
    </Stack>
  );
}
