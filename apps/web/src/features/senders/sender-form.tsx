import { Alert, Button, NumberInput, SegmentedControl, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconEyeOff } from '@tabler/icons-react';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { notifyDone } from '../../components/notify.ts';
import { readError } from '../../components/read-error.ts';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { DkimFields } from './dkim-fields.tsx';
import { DnsRecord } from './dns-record.tsx';
import { faultAt, inputOf, type Sender, type SenderValues, senderErrors, valuesOf } from './sender-form-values.ts';
import { SmtpFields } from './smtp-fields.tsx';
import { WebhookFields } from './webhook-fields.tsx';

interface SenderFormProps {
  /** Null for a new one. */
  readonly sender: Sender | null;
  readonly fromEmail: string;
  readonly onClose: () => void;
}

/** Makes or changes a sender, then shows what has to be carried elsewhere: a new secret, a new DNS record. */
export function SenderForm({ sender, fromEmail, onClose }: SenderFormProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm<SenderValues>({ initialValues: valuesOf(sender, fromEmail), validate: senderErrors });
  const carried = (saved: Saved) =>
    saved.newSecret !== null || (form.values.keyFrom !== 'keep' && recordOf(saved) !== null);
  const outcome = {
    onSuccess: async (saved: Saved) => {
      await utils.senders.list.invalidate({ orgId });
      if (carried(saved)) return;
      notifyDone(sender ? 'Sender saved' : 'Sender added');
      onClose();
    },
    onError: (error: unknown) => {
      const { path } = readError(error);
      const fault = path && faultAt(path);
      if (fault) form.setFieldError(fault.field, fault.words);
    },
  };
  const create = trpc.senders.create.useMutation(outcome);
  const update = trpc.senders.update.useMutation(outcome);
  const saved = create.data ?? update.data;
  if (saved && carried(saved)) return <Carried saved={saved} onClose={onClose} />;

  const save = (values: SenderValues) => {
    const input = { orgId, ...inputOf(values) };
    if (sender) update.mutate({ ...input, senderId: sender.id, version: sender.version });
    else create.mutate(input);
  };
  /** The form is longer than a screen: the field at fault comes into sight. */
  const toFault = (errors: object) => {
    const [first] = Object.keys(errors);
    if (first) form.getInputNode(first)?.focus();
  };
  const { type } = form.values;
  return (
    <form noValidate onSubmit={form.onSubmit(save, toFault)}>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Our mail server"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Switch
          label="In use"
          description="A sender that is off takes nothing, and its turn goes to the next one."
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
        <SegmentedControl
          fullWidth
          aria-label="Kind of sender"
          data={[
            { value: 'smtp', label: 'Mail server (SMTP)' },
            { value: 'webhook', label: 'Program (webhook)' },
          ]}
          value={type}
          onChange={(value) => form.setFieldValue('type', value as SenderValues['type'])}
        />
        {type === 'smtp' ? <SmtpFields form={form} sender={sender} /> : <WebhookFields form={form} sender={sender} />}
        <Section title="At most" description="Over all campaigns together. Empty for as fast as it goes.">
          <SimpleGrid cols={3} spacing="sm">
            <NumberInput label="A second" min={1} hideControls {...form.getInputProps('perSecond')} />
            <NumberInput label="A minute" min={1} hideControls {...form.getInputProps('perMinute')} />
            <NumberInput label="An hour" min={1} hideControls {...form.getInputProps('perHour')} />
          </SimpleGrid>
        </Section>
        {type === 'smtp' && (
          <Section title="Signature">
            <DkimFields form={form} sender={sender} />
          </Section>
        )}
        <ErrorNotice error={create.error ?? update.error} />
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending || update.isPending}>
          {sender ? 'Save sender' : 'Add sender'}
        </Button>
      </FormActions>
    </form>
  );
}

type Saved = Outputs['senders']['create'];

const recordOf = ({ sender: { way } }: Saved) => (way.type === 'smtp' ? (way.dkim?.record ?? null) : null);

function Carried({ saved, onClose }: { readonly saved: Saved; readonly onClose: () => void }) {
  const record = recordOf(saved);
  return (
    <Stack gap="md">
      {saved.newSecret !== null && (
        <>
          <Alert color="yellow" icon={<IconEyeOff size={18} stroke={1.7} />}>
            Copy the secret now. It is kept encrypted here, and nobody can show it to you again.
          </Alert>
          <CopyField
            label={`Secret of “${saved.sender.name}”`}
            description="The program checks with it that calls come from here."
            value={saved.newSecret}
          />
        </>
      )}
      {record && <DnsRecord record={record} />}
      <FormActions>
        <Button onClick={onClose}>Close panel</Button>
      </FormActions>
    </Stack>
  );
}
