import { Alert, Group, Stack } from '@mantine/core';
import type { CampaignFault } from '@mini-crm/domain';
import { IconAlertTriangle, IconCalendarTime, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatExactInstant, formatInstant } from '../../components/format-instant.ts';
import { KeyValues } from '../../components/key-values.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { faultWords } from './campaign-words.ts';
import { audienceWords, type CampaignDetail } from './draft.ts';
import { liquidWords } from './liquid-words.ts';
import { people } from './people.ts';
import classes from './sending-view.module.css';
import { type LocalSchedule, useZoneTurns } from './use-zone-turns.ts';
import { whenWords } from './when-words.ts';
import { ZoneTable } from './zone-table.tsx';

/** A campaign that waits for its time, or that ended before anything went out. */
export function ScheduledView({ campaign }: { readonly campaign: CampaignDetail }) {
  return (
    <Stack gap="md">
      {campaign.state === 'scheduled' ? <Waiting campaign={campaign} /> : <Ended campaign={campaign} />}
      {campaign.state === 'scheduled' && campaign.schedule.type === 'local' && (
        <Zones campaign={campaign} schedule={campaign.schedule} />
      )}
      <Section title="What goes out">
        <KeyValues
          items={[
            ['Audience', audienceWords(campaign.audienceNames)],
            ['Subject', liquidWords(campaign.content.subject) || null],
            ['Kind', campaign.purpose === 'marketing' ? 'Marketing' : 'Service'],
          ]}
        />
      </Section>
    </Stack>
  );
}

function Zones({ campaign, schedule }: { readonly campaign: CampaignDetail; readonly schedule: LocalSchedule }) {
  const zones = useZoneTurns({ audience: campaign.audience, purpose: campaign.purpose, schedule });
  return (
    <Section
      title="Zone by zone"
      description="As it is now; who gets it is counted again when the first zone has its turn."
    >
      <ZoneTable {...zones} />
    </Section>
  );
}

function Waiting({ campaign: { id, schedule, audience, purpose } }: { readonly campaign: CampaignDetail }) {
  const { orgId, zone, refusal } = useOrganization();
  const now = useNow();
  const utils = trpc.useUtils();
  const [cancelling, setCancelling] = useState(false);
  const unschedule = trpc.campaigns.unschedule.useMutation({
    onSuccess: async () => {
      await utils.campaigns.invalidate();
      notifyDone('It is a draft again');
    },
    onError: notifyError,
  });
  const cancel = trpc.campaigns.cancel.useMutation();
  const reach = trpc.campaigns.waterfall.useQuery({ orgId, audience, purpose });
  if (schedule.type === 'now' || schedule.at === null) return null;
  const { at } = schedule;
  return (
    <Section>
      <div className={classes.waiting}>
        <IconCalendarTime size={28} stroke={1.5} aria-hidden />
        <div>
          <p className={classes.headline}>
            {schedule.type === 'at' ? 'Goes out' : 'Begins to go out'} {formatInstant(at, now, { zone })}
          </p>
          <p className={classes.quiet}>
            {schedule.type !== 'at' && <>{whenWords(schedule, zone)}. </>}
            {formatExactInstant(at, { zone })}.
            {reach.data && 'waterfall' in reach.data && ` As it is now, to ${people(reach.data.waterfall.reachable)}.`}
          </p>
        </div>
        <Group gap="xs">
          <ActionButton
            variant="default"
            color="red"
            reason={refusal('campaigns.cancel')}
            onClick={() => setCancelling(true)}
          >
            Cancel campaign
          </ActionButton>
          <ActionButton
            leftSection={<IconPencil size={16} />}
            reason={refusal('campaigns.unschedule')}
            loading={unschedule.isPending}
            onClick={() => unschedule.mutate({ orgId, id })}
          >
            Back to draft
          </ActionButton>
        </Group>
      </div>
      <ConfirmDialog
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title="Cancel campaign"
        action="Cancel campaign"
        keep="Don’t cancel"
        danger
        onConfirm={async () => {
          await cancel.mutateAsync({ orgId, id });
          await utils.campaigns.invalidate();
        }}
      >
        Nobody gets it. A cancelled campaign can’t be taken up again; you can duplicate it.
      </ConfirmDialog>
    </Section>
  );
}

function Ended({ campaign: { state, failure } }: { readonly campaign: CampaignDetail }) {
  if (state === 'cancelled') {
    return <Alert color="gray">This campaign was cancelled before anything went out. Nobody got it.</Alert>;
  }
  const faults = failure && Array.isArray(failure.details.faults) ? (failure.details.faults as CampaignFault[]) : [];
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} stroke={1.7} />} title="It could not go out at its time">
      Nobody got it. Duplicate it, mend this and send it again:
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.code}${fault.path.join('.')}`}>{faultWords(fault)}</li>
        ))}
      </ul>
    </Alert>
  );
}
