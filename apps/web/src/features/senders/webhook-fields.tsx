import { PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Sender, SenderValues } from './sender-form-values.ts';

interface WebhookFieldsProps {
  readonly form: UseFormReturnType<SenderValues>;
  readonly sender: Sender | null;
}

/** Which program is called, and by which secret it knows us. */
export function WebhookFields({ form, sender }: WebhookFieldsProps) {
  const { secretFrom } = form.values;
  const choices = [
    ...(sender?.way.type === 'webhook' ? [{ value: 'keep', label: 'Keep the secret' }] : []),
    { value: 'generate', label: 'Make a secret' },
    { value: 'paste', label: 'Paste a secret' },
  ];
  return (
    <Stack gap="md">
      <TextInput
        label="Address"
        description="Gets the messages as JSON, up to thousands a call, signed as Standard Webhooks says. It answers what became of each."
        placeholder="https://example.com/send"
        autoComplete="off"
        {...form.getInputProps('url')}
      />
      <SegmentedControl
        fullWidth
        aria-label="Where the secret comes from"
        data={choices}
        value={secretFrom}
        onChange={(value) => form.setFieldValue('secretFrom', value as SenderValues['secretFrom'])}
      />
      {secretFrom === 'paste' ? (
        <PasswordInput label="Secret" placeholder="whsec_…" autoComplete="off" {...form.getInputProps('secret')} />
      ) : (
        <Text size="sm" c="dimmed">
          {secretFrom === 'keep'
            ? 'The program goes on checking signatures with the secret that it has.'
            : 'It is shown once, when this is saved, for the program to check signatures with.'}
        </Text>
      )}
    </Stack>
  );
}
