import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core';
import { TimeInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { type SendingSettings, sendingSettingsSchema } from '@mini-crm/domain';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Section } from '../../components/section.tsx';
import { UnsavedChanges } from '../../components/unsaved-changes.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

/** How often and when the organization's marketing may reach one person. */
export function SendingPage() {
  const { orgId } = useOrganization();
  const settings = trpc.organization.get.useQuery({ orgId });
  if (settings.error && !settings.data) return <ErrorState error={settings.error} onRetry={() => settings.refetch()} />;
  if (!settings.data) return null;
  return <SendingForm key={orgId} sending={settings.data.sending} />;
}

const words = {
  frequencyCap: 'From 1 to 100 messages, in 1 to 90 days.',
  quietHours: 'A time such as 21:00, and not the same twice.',
};
const usual = { frequencyCap: { messages: 3, days: 7 }, quietHours: { from: '21:00', to: '08:00' } };

function SendingForm({ sending }: { readonly sending: SendingSettings }) {
  const { orgId, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm<SendingSettings>({
    initialValues: sending,
    validate: (values) => formErrors(sendingSettingsSchema, values, words),
  });
  const update = trpc.organization.updateSending.useMutation({
    onSuccess: async () => {
      form.resetDirty();
      notifyDone('Settings saved');
      await utils.organization.get.invalidate({ orgId });
    },
  });
  const reason = refusal('organization.updateSending');
  const readOnly = reason !== null;
  const { frequencyCap, quietHours } = form.values;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => update.mutate({ orgId, ...values }))}>
      <ReadOnlyNote reason={reason}>You can read the settings.</ReadOnlyNote>
      <Stack gap="md">
        <Section
          title="How often"
          description="Marketing only. Who has had enough is left out of a campaign when their turn comes, and the report says so."
        >
          <Stack gap="md">
            <Switch
              label="Limit how many marketing messages one person gets"
              checked={frequencyCap !== null}
              disabled={readOnly}
              onChange={({ currentTarget: { checked } }) =>
                form.setFieldValue('frequencyCap', checked ? usual.frequencyCap : null)
              }
            />
            {frequencyCap && (
              <Group gap="sm" align="flex-start">
                <NumberInput
                  label="At most so many messages"
                  min={1}
                  max={100}
                  allowDecimal={false}
                  readOnly={readOnly}
                  w={200}
                  {...form.getInputProps('frequencyCap.messages')}
                />
                <NumberInput
                  label="In so many days"
                  description="Days of their own calendar, today included."
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  min={1}
                  max={90}
                  allowDecimal={false}
                  readOnly={readOnly}
                  w={200}
                  {...form.getInputProps('frequencyCap.days')}
                />
              </Group>
            )}
          </Stack>
        </Section>
        <Section
          title="Quiet hours"
          description="Marketing only, by the clock of each person. What falls into them goes out when they end."
        >
          <Stack gap="md">
            <Switch
              label="Keep hours in which nobody is disturbed"
              checked={quietHours !== null}
              disabled={readOnly}
              onChange={({ currentTarget: { checked } }) =>
                form.setFieldValue('quietHours', checked ? usual.quietHours : null)
              }
            />
            {quietHours && (
              <Group gap="sm" align="flex-start">
                <TimeInput label="From" readOnly={readOnly} w={140} {...form.getInputProps('quietHours.from')} />
                <TimeInput
                  label="Until"
                  description={quietHours.to <= quietHours.from ? 'Of the next day.' : undefined}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  readOnly={readOnly}
                  w={140}
                  {...form.getInputProps('quietHours.to')}
                />
              </Group>
            )}
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
