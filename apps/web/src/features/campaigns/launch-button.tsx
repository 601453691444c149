import { isLaunchable } from '@mini-crm/domain';
import { IconCalendarTime, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { CampaignDetail, Draft } from './draft.ts';
import { liquidWords } from './liquid-words.ts';
import { people } from './people.ts';
import type { Review } from './use-review.ts';
import { useZoneTurns } from './use-zone-turns.ts';
import { whenWords } from './when-words.ts';

interface LaunchButtonProps {
  readonly campaign: CampaignDetail;
  readonly draft: Draft;
  readonly review: Review;
}

/** From so many people on a launch is asked about once more. */
const askFrom = 1_000;

/** The last button: names the number, and asks once more where it is large. */
export function LaunchButton({ campaign: { id }, draft, review }: LaunchButtonProps) {
  const { orgId, zone, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const launch = trpc.campaigns.launch.useMutation();
  const schedule = trpc.campaigns.schedule.useMutation();
  const { data, version, refetch } = review;
  const { schedule: when } = draft;
  const zones = useZoneTurns({ ...draft, schedule: when.type === 'local' ? when : null });
  // A local time that has begun somewhere is launched at once: the other zones still have their turns.
  const later = when.type === 'local' ? !zones.started : when.type !== 'now' && when.at !== null;
  const reachable = data?.waterfall?.reachable ?? 0;
  const reason =
    refusal(later ? 'campaigns.schedule' : 'campaigns.launch') ??
    (!data || version === null || (when.type === 'local' && !zones.turns) ? 'It is still being checked.' : null) ??
    (data && !isLaunchable(data.faults) ? 'Mend what is named above first.' : null);
  const label = later
    ? `Schedule for ${whenWords(draft.schedule, zone)}`
    : `Send to ${data?.waterfall ? people(reachable) : '…'}`;

  async function go() {
    if (version === null) return;
    try {
      if (later) await schedule.mutateAsync({ orgId, id, version });
      else await launch.mutateAsync({ orgId, id, version, confirmed: reachable });
    } catch (error) {
      // The numbers or the faults have changed: the review shows the new ones.
      refetch();
      throw error;
    }
    notifyDone(later ? 'Campaign scheduled' : 'Campaign is on its way');
    await utils.campaigns.invalidate();
  }

  return (
    <>
      <ActionButton
        leftSection={later ? <IconCalendarTime size={16} /> : <IconSend size={16} />}
        reason={reason}
        loading={!asking && (launch.isPending || schedule.isPending)}
        onClick={() => (reachable > askFrom ? setAsking(true) : void go().catch(notifyError))}
      >
        {label}
      </ActionButton>
      <ConfirmDialog opened={asking} onClose={() => setAsking(false)} title={`${label}?`} action={label} onConfirm={go}>
        {later
          ? `Today that would be ${people(reachable)}. Who gets it is counted again at that time; until then you can take it back.`
          : `“${liquidWords(draft.content.subject)}” goes to ${people(reachable)}${how(when)}. You can pause or cancel while it goes out, but what has gone out can’t be taken back.`}
      </ConfirmDialog>
    </>
  );
}

/** How they follow each other where not everybody gets it at once. */
function how(schedule: Draft['schedule']): string {
  if (schedule.type === 'local') return `, to each at ${schedule.time} where they live`;
  if (schedule.type === 'spread')
    return `, one after the other over ${schedule.hours === 1 ? 'an hour' : `${schedule.hours} hours`}`;
  return '';
}
