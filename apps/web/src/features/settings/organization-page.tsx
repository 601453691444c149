import { Alert, Button, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { organizationSettingsSchema } from '@mini-crm/domain';
import { IconInbox, IconLock } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { errorWords } from '../../components/error-words.ts';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { readError } from '../../components/read-error.ts';
import { Section } from '../../components/section.tsx';
import { UnsavedChanges } from '../../components/unsaved-changes.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { currencyChoices, zoneChoices } from './choices.ts';

/** The organization's name, zone, currency and sender. */
export function OrganizationPage() {
  const { orgId } = useOrganization();
  const settings = trpc.organization.get.useQuery({ orgId });
  if (settings.error && !settings.data) return <ErrorState error={settings.error} onRetry={() => settings.refetch()} />;
  if (!settings.data) return null;
  return <SettingsForm key={orgId} settings={settings.data} />;
}

const words = {
  name: 'Enter the name of your company or team.',
  timeZone: 'Choose a time zone.',
  currency: 'Choose a currency.',
  sender: 'This does not fit: an address looks like ann@example.com, a name has one line.',
};

function SettingsForm({ settings }: { readonly settings: Outputs['organization']['get'] }) {
  const { orgId, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const { name, timeZone, currency, sender } = settings;
  const form = useForm({
    initialValues: { name, timeZone, currency, sender },
    validate: (values) => formErrors(organizationSettingsSchema, values, words),
  });
  const update = trpc.organization.update.useMutation({
    onSuccess: async () => {
      form.resetDirty();
      notifyDone('Settings saved');
      await Promise.all([utils.organization.get.invalidate({ orgId }), utils.accounts.me.invalidate()]);
    },
    onError: (error) => {
      const read = readError(error);
      if (read.code === 'currency_in_use') form.setFieldError('currency', errorWords(read).title);
    },
  });
  const zones = useMemo(() => zoneChoices(timeZone), [timeZone]);
  const currencies = useMemo(() => currencyChoices(), []);
  const reason = refusal('organization.update');
  const readOnly = reason !== null;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => update.mutate({ orgId, ...values }))}>
      <Stack gap="md">
        {reason && (
          <Alert color="gray" icon={<IconLock size={18} stroke={1.7} />}>
            {reason} You can read the settings.
          </Alert>
        )}
        <Section title="Organization">
          <Stack gap="md">
            <TextInput label="Name" readOnly={readOnly} {...form.getInputProps('name')} />
            <Select
              label="Time zone"
              description="What “yesterday” and “at 9 o’clock” mean in segments, reports and schedules."
              data={zones}
              searchable
              limit={100}
              allowDeselect={false}
              readOnly={readOnly}
              nothingFoundMessage="No zone of this name"
              {...form.getInputProps('timeZone')}
            />
            <Select
              label="Currency"
              description="What revenue is counted in, and new imports propose. It can change until there are orders."
              data={currencies}
              searchable
              limit={200}
              allowDeselect={false}
              readOnly={readOnly}
              nothingFoundMessage="No currency of this name"
              {...form.getInputProps('currency')}
            />
          </Stack>
        </Section>
        <Section title="Sender" description="Who your messages come from. A campaign can't be sent without it.">
          <Stack gap="md">
            {!settings.sends && (
              <Alert icon={<IconInbox size={18} stroke={1.7} />} title="Nothing is sent yet">
                Messages are kept in the built-in outbox. Add a mail server under Senders, or let whoever runs this
                server set SMTP_URL.
              </Alert>
            )}
            <TextInput label="From name" readOnly={readOnly} {...form.getInputProps('sender.fromName')} />
            <TextInput
              label="From address"
              type="email"
              placeholder="news@example.com"
              description="An address of a domain that your SMTP server may send for."
              readOnly={readOnly}
              {...form.getInputProps('sender.fromEmail')}
            />
            <TextInput
              label="Reply-To"
              type="email"
              description="Where answers go. Left empty, they go to the From address."
              readOnly={readOnly}
              {...form.getInputProps('sender.replyTo')}
            />
            <Textarea
              label="Postal address"
              description="Marketing mail has to show one; the law of many countries asks for it."
              autosize
              minRows={3}
              readOnly={readOnly}
              {...form.getInputProps('sender.postalAddress')}
            />
          </Stack>
        </Section>
      </Stack>
      {!readOnly && (
        <>
          <FormActions note={form.isDirty() ? 'Unsaved changes' : undefined}>
            <Button variant="default" disabled={!form.isDirty()} onClick={form.reset}>
              Discard changes
            </Button>
            <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
              Save settings
            </Button>
          </FormActions>
          <ErrorNotice error={update.error} />
          <UnsavedChanges when={form.isDirty() && !update.isPending} />
        </>
      )}
    </form>
  );
}
