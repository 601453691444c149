import { Alert, Autocomplete, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Channel } from '@mini-crm/domain';
import { IconInfoCircle } from '@tabler/icons-react';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { FormActions } from '../../../components/form-actions.tsx';
import { notifyDone } from '../../../components/notify.ts';
import { SidePanel } from '../../../components/side-panel.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { toLocalText } from '../attribute-draft.ts';
import { channelNames } from '../consent-badge.tsx';
import type { CustomerProfile } from './profile-page.tsx';

interface ConsentPanelProps {
  readonly customer: CustomerProfile;
  /** The channel to record a consent for; null closes the panel. */
  readonly channel: Channel | null;
  readonly onClose: () => void;
}

/** Records that somebody gave or withdrew a consent: when, and how, which is its proof. */
export function ConsentPanel({ customer, channel, onClose }: ConsentPanelProps) {
  const withdrawing = channel !== null && customer.consents[channel]?.state === 'granted';
  const name = channel === null ? '' : channelNames[channel];
  return (
    <SidePanel
      title={withdrawing ? `Record a withdrawal · ${name}` : `Record a consent · ${name}`}
      opened={channel !== null}
      onClose={onClose}
    >
      {channel !== null && (
        <ConsentForm customer={customer} channel={channel} withdrawing={withdrawing} onClose={onClose} />
      )}
    </SidePanel>
  );
}

interface ConsentFormProps extends ConsentPanelProps {
  readonly channel: Channel;
  readonly withdrawing: boolean;
}

const waysToGive = ['Signed up on the website', 'Form in the store', 'By phone', 'By e-mail', 'At an event'];
const waysToWithdraw = ['By phone', 'By e-mail', 'In the store', 'By letter'];

function ConsentForm({ customer, channel, withdrawing, onClose }: ConsentFormProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const form = useForm({
    initialValues: { at: toLocalText(new Date()), how: '' },
    validate: {
      at: (at) => (Number.isNaN(new Date(at).getTime()) ? 'Enter a date and a time.' : null),
      how: (how) => (how.trim() === '' ? 'Say how: it is the proof.' : null),
    },
  });
  const record = trpc.customers.setConsent.useMutation({
    onSuccess: async () => {
      notifyDone(withdrawing ? 'Withdrawal recorded' : 'Consent recorded');
      onClose();
      await utils.customers.invalidate();
    },
  });
  const suppressed = customer.suppressions.find((one) => one.channel === channel);
  const state = withdrawing ? 'withdrawn' : 'granted';

  function save({ at, how }: { at: string; how: string }) {
    // The field has no seconds: "now" must not be rounded up into the future.
    const instant = new Date(Math.min(new Date(at).getTime(), Date.now()));
    record.mutate({ orgId, customerId: customer.id, channel, state, at: instant.toISOString(), how: how.trim() });
  }

  return (
    <form noValidate onSubmit={form.onSubmit(save)}>
      <Stack gap="md">
        <Autocomplete
          label={withdrawing ? 'How did they withdraw it?' : 'How did they give it?'}
          description="In your own words, as you would have to prove it."
          data={withdrawing ? waysToWithdraw : waysToGive}
          maxLength={200}
          openOnFocus={false}
          data-autofocus
          {...form.getInputProps('how')}
        />
        <TextInput type="datetime-local" label="When?" max={toLocalText(new Date())} {...form.getInputProps('at')} />
        {!withdrawing && suppressed && (
          <Alert color={suppressed.scope === 'all' ? 'red' : 'amber'} icon={<IconInfoCircle size={18} />}>
            {suppressed.scope === 'all'
              ? 'The consent is recorded, but nothing goes to this address: it bounced or complained.'
              : 'This lifts their unsubscription, so be sure that they really asked for it again.'}
          </Alert>
        )}
        {withdrawing && (
          <Alert color="gray" icon={<IconInfoCircle size={18} />}>
            From now on no marketing goes there, and no import can change that.
          </Alert>
        )}
        <ErrorNotice error={record.error} />
      </Stack>
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={record.isPending}>
          {withdrawing ? 'Record withdrawal' : 'Record consent'}
        </Button>
      </FormActions>
    </form>
  );
}
