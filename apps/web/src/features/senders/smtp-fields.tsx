import { Group, NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { type SmtpTls, smtpTlsModes, usualSmtpPort } from '@mini-crm/domain';
import type { Sender, SenderValues } from './sender-form-values.ts';
import { tlsWords } from './sender-words.ts';

interface SmtpFieldsProps {
  readonly form: UseFormReturnType<SenderValues>;
  readonly sender: Sender | null;
}

/** Where an SMTP server is and how to log in to it. */
export function SmtpFields({ form, sender }: SmtpFieldsProps) {
  const hasPassword = sender?.way.type === 'smtp' && sender.way.hasPassword;
  const { tls, port } = form.values;
  /** The port follows as long as it is the usual one. */
  const choose = (next: SmtpTls) => {
    form.setFieldValue('tls', next);
    if (Number(port) === usualSmtpPort[tls]) form.setFieldValue('port', usualSmtpPort[next]);
  };
  return (
    <Stack gap="md">
      <TextInput label="Server" placeholder="smtp.example.com" autoComplete="off" {...form.getInputProps('host')} />
      <Group gap="md" grow preventGrowOverflow={false} align="flex-start">
        <Select
          label="Encryption"
          data={smtpTlsModes.map((value) => ({ value, label: tlsWords[value] }))}
          allowDeselect={false}
          value={tls}
          onChange={(value) => value && choose(value as SmtpTls)}
        />
        <NumberInput label="Port" min={1} max={65_535} hideControls {...form.getInputProps('port')} />
      </Group>
      <TextInput
        label="User name"
        description="Empty where the server asks for no login."
        autoComplete="off"
        {...form.getInputProps('user')}
      />
      <PasswordInput
        label="Password"
        description={
          tls === 'none'
            ? 'Without encryption everybody on the way can read it.'
            : hasPassword
              ? 'One is saved. Type another to replace it.'
              : 'Kept encrypted, and never shown again.'
        }
        autoComplete="new-password"
        placeholder={hasPassword ? '••••••••' : ''}
        {...form.getInputProps('password')}
      />
    </Stack>
  );
}
