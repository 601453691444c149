import { SegmentedControl, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { DkimAlgorithm } from '@mini-crm/domain';
import { DnsRecord } from './dns-record.tsx';
import type { Sender, SenderValues } from './sender-form-values.ts';

interface DkimFieldsProps {
  readonly form: UseFormReturnType<SenderValues>;
  readonly sender: Sender | null;
}

/** Whether and with which key the messages of an SMTP sender are signed. */
export function DkimFields({ form, sender }: DkimFieldsProps) {
  const { signs, keyFrom, algorithm } = form.values;
  const stored = sender?.way.type === 'smtp' ? sender.way.dkim : null;
  const choices = [
    ...(stored ? [{ value: 'keep', label: 'Keep the key' }] : []),
    { value: 'generate', label: 'Make a key' },
    { value: 'paste', label: 'Paste a key' },
  ];
  return (
    <Stack gap="sm">
      <Switch
        label="Sign messages with DKIM"
        description="Leave it off where the mail server signs by itself, as most providers do."
        {...form.getInputProps('signs', { type: 'checkbox' })}
      />
      {signs && (
        <>
          <TextInput label="Domain" description="That of the From address." {...form.getInputProps('domain')} />
          <TextInput
            label="Selector"
            description="Names this key among those of the domain."
            {...form.getInputProps('selector')}
          />
          <SegmentedControl
            fullWidth
            aria-label="Where the key comes from"
            data={choices}
            value={keyFrom}
            onChange={(value) => form.setFieldValue('keyFrom', value as SenderValues['keyFrom'])}
          />
          {keyFrom === 'generate' && (
            <>
              <SegmentedControl
                fullWidth
                aria-label="Kind of key"
                data={[
                  { value: 'rsa', label: 'RSA, 2,048 bits' },
                  { value: 'ed25519', label: 'Ed25519' },
                ]}
                value={algorithm}
                onChange={(value) => form.setFieldValue('algorithm', value as DkimAlgorithm)}
              />
              <Text size="sm" c="dimmed">
                Every receiver can check RSA. Ed25519 is shorter and faster, but some of the largest can’t check it yet.
                The DNS record is shown once this is saved.
              </Text>
            </>
          )}
          {keyFrom === 'paste' && (
            <Textarea
              label="Private key"
              placeholder="-----BEGIN PRIVATE KEY-----"
              autosize
              minRows={4}
              maxRows={10}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps('privateKey')}
            />
          )}
          {keyFrom === 'keep' && stored && <DnsRecord record={stored.record} />}
        </>
      )}
    </Stack>
  );
}
