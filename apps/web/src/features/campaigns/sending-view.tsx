import { Alert, Group, Stack } from '@mantine/core';
import { bounceHalt, bounceHaltCode } from '@mini-crm/domain';
import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatCount, formatPercent } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { notifyError } from '../../components/notify.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { channelFaultWords } from './campaign-words.ts';
import type { CampaignDetail } from './draft.ts';
import { people } from './people.ts';
import { ReasonList } from './reason-list.tsx';
import { rateOf, type Sample, timeLeft, withSample } from './sending-rate.ts';
import classes from './sending-view.module.css';
import { WaterfallChart } from './waterfall-chart.tsx';

export type Sending = NonNullable<CampaignDetail['sending']>;

interface SendingViewProps {
  readonly campaign: CampaignDetail;
  readonly sending: Sending;
}

/** How far a campaign is, as it goes; who got nothing and why; and the brakes. */
export function SendingView({ campaign, sending }: SendingViewProps) {
  const moving = campaign.state === 'sending' || campaign.state === 'paused';
  const { waterfall, segments, reasons } = sending;
  return (
    <Stack gap="md">
      <Progress campaign={campaign} sending={sending} />
      <Trouble campaign={campaign} sending={sending} />
      {moving && (
        <div className={classes.columns}>
          <Section title="Who got nothing, and why">
            <ReasonList reasons={reasons} />
          </Section>
          <Section title="Audience at launch">
            <WaterfallChart waterfall={waterfall} from={audienceStart(campaign, segments)} to="Recipients" />
          </Section>
        </div>
      )}
    </Stack>
  );
}

function audienceStart({ again }: CampaignDetail, { include }: Sending['segments']): string {
  if (again) return `Did not get “${again.name}”`;
  return include === 'everyone' ? 'All customers' : 'In the chosen segments';
}

function Progress({ campaign, sending }: SendingViewProps) {
  const { state, launchedAt, finishedAt } = campaign;
  const { counts, planned, expected } = sending;
  const settled = counts.sent + counts.failed + counts.skipped + counts.unknown;
  const total = planned ?? Math.max(expected, settled);
  const rate = useRate(settled, state === 'sending');
  const left = state === 'sending' ? timeLeft(total - settled, rate) : null;
  const over = state === 'sent' || state === 'cancelled' || state === 'failed';
  return (
    <Section>
      <div className={classes.head}>
        <p className={`${classes.headline} figures`} aria-live="off">
          Sent to <span className={classes.big}>{formatCount(counts.sent)}</span> of {people(total)}
        </p>
        <Controls campaign={campaign} remaining={total - settled} />
      </div>
      <ProgressBar label="Messages settled" value={over ? counts.sent : settled} total={total} />
      <dl className={classes.facts}>
        {!over && (
          <Fact name="Done" value={total === 0 ? '–' : formatPercent(Math.floor((settled / total) * 1000) / 1000)} />
        )}
        {!over && (
          <Fact
            name="Rate"
            value={state === 'paused' ? 'Paused' : rate === null ? '…' : `${formatCount(rate)} a second`}
          />
        )}
        {!over && <Fact name="Time left" value={left ?? (state === 'paused' ? '–' : '…')} />}
        <Fact name="Got nothing" value={formatCount(counts.failed + counts.skipped)} />
        {counts.unknown > 0 && <Fact name="Not known" value={formatCount(counts.unknown)} />}
        <Fact name="Launched" value={<Instant value={launchedAt} />} />
        {over && <Fact name={state === 'sent' ? 'Finished' : 'Ended'} value={<Instant value={finishedAt} />} />}
      </dl>
      {planned === null && state === 'sending' && (
        <p className={classes.quiet}>The list of people is still being written.</p>
      )}
    </Section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}

/** Messages a second over the last seconds, from what this page has seen. */
function useRate(settled: number, running: boolean): number | null {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (!running) return setSamples([]);
    setSamples((before) => withSample(before, { at: Date.now(), settled }));
    // Where nothing moves the rate falls, although no new number comes.
    const timer = setInterval(() => setSamples((before) => withSample(before, { at: Date.now(), settled })), 2_000);
    return () => clearInterval(timer);
  }, [settled, running]);
  return rateOf(samples);
}

function Controls({
  campaign: { id, state, failure },
  remaining,
}: {
  readonly campaign: CampaignDetail;
  readonly remaining: number;
}) {
  const { orgId, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const [cancelling, setCancelling] = useState(false);
  const [tolerating, setTolerating] = useState(false);
  const bounces = state === 'paused' ? bounceFigures(failure) : null;
  const after = { onSettled: () => utils.campaigns.get.invalidate({ orgId, id }), onError: notifyError };
  const pause = trpc.campaigns.pause.useMutation(after);
  const resume = trpc.campaigns.resume.useMutation(after);
  const cancel = trpc.campaigns.cancel.useMutation();
  if (state !== 'sending' && state !== 'paused') return null;
  return (
    <Group gap="xs">
      <ActionButton
        variant="default"
        leftSection={<IconX size={16} />}
        reason={refusal('campaigns.cancel')}
        onClick={() => setCancelling(true)}
      >
        Cancel sending
      </ActionButton>
      {state === 'sending' ? (
        <ActionButton
          leftSection={<IconPlayerPause size={16} />}
          reason={refusal('campaigns.pause')}
          loading={pause.isPending}
          onClick={() => pause.mutate({ orgId, id })}
        >
          Pause sending
        </ActionButton>
      ) : (
        <ActionButton
          leftSection={<IconPlayerPlay size={16} />}
          reason={refusal('campaigns.resume')}
          loading={resume.isPending}
          onClick={() => (bounces ? setTolerating(true) : resume.mutate({ orgId, id }))}
        >
          Resume sending
        </ActionButton>
      )}
      <ConfirmDialog
        opened={tolerating}
        onClose={() => setTolerating(false)}
        title="Resume although many bounce"
        action="Resume sending"
        onConfirm={async () => {
          await resume.mutateAsync({ orgId, id });
          await utils.campaigns.invalidate();
        }}
      >
        {bounces && bounceWords(bounces)} Mail services take a sender with so many bad addresses for a spammer, also for
        the good ones. It does not halt again at this share, only where it grows by another{' '}
        {formatPercent(bounceHalt.share)}.
      </ConfirmDialog>
      <ConfirmDialog
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title="Cancel sending"
        action="Cancel sending"
        keep="Don’t cancel"
        danger
        onConfirm={async () => {
          await cancel.mutateAsync({ orgId, id });
          await utils.campaigns.invalidate();
        }}
      >
        {people(Math.max(0, remaining))} who have not got it yet will not get it. What has gone out can’t be taken back,
        and a cancelled campaign can’t be taken up again. To stop only for a while, pause it.
      </ConfirmDialog>
    </Group>
  );
}

function Trouble({ campaign: { state, failure }, sending: { trouble, nextDueAt, nextTurn } }: SendingViewProps) {
  const bounces = state === 'paused' ? bounceFigures(failure) : null;
  if (bounces) {
    return (
      <Alert color="red" role="status" icon={<IconAlertTriangle size={18} stroke={1.7} />} title="Halted by itself">
        {bounceWords(bounces)} Everybody who has not got it yet still waits. Look at where these addresses come from;
        then cancel, or resume knowing of them.
      </Alert>
    );
  }
  if (state === 'paused' && failure) {
    const detail = typeof failure.details.detail === 'string' ? failure.details.detail : null;
    return (
      <Alert color="red" role="status" icon={<IconAlertTriangle size={18} stroke={1.7} />} title="Paused by itself">
        {channelFaultWords(failure.code)} {detail && <>It said: “{detail}”.</>} Everybody who has not got it yet still
        waits. Mend the setting, then resume.
      </Alert>
    );
  }
  if (state === 'sending' && trouble) {
    return (
      <Alert
        color="amber"
        role="status"
        icon={<IconAlertTriangle size={18} stroke={1.7} />}
        title="Waiting for the mail server"
      >
        {channelFaultWords(trouble.fault)} {trouble.detail && <>It said: “{trouble.detail}”. </>}
        It goes on by itself; nobody is lost. Since <Instant value={trouble.since} />.
      </Alert>
    );
  }
  if (state === 'sending' && nextDueAt && new Date(nextDueAt).getTime() > Date.now() + 5_000) {
    return (
      <Alert color="gray" role="status">
        {nextTurn && !nextTurn.retry ? (
          <>
            The next ones have their turn <Instant value={nextDueAt} />
            {nextTurn.zone && <>, in {nextTurn.zone.replaceAll('_', ' ')}</>}. It goes on by itself.
          </>
        ) : (
          <>
            The rest waits for another try <Instant value={nextDueAt} />: their mail servers asked to come again later.
          </>
        )}
      </Alert>
    );
  }
  if (state === 'failed' && failure) {
    return (
      <Alert color="red" icon={<IconAlertTriangle size={18} stroke={1.7} />} title="This campaign failed">
        {channelFaultWords(failure.code)}
      </Alert>
    );
  }
  return null;
}

interface BounceFigures {
  readonly tried: number;
  readonly bounced: number;
  readonly share: number;
}

/** The figures for which a campaign halted; null where it has another reason to wait. */
function bounceFigures(failure: CampaignDetail['failure']): BounceFigures | null {
  if (failure?.code !== bounceHaltCode) return null;
  const { tried, bounced, share } = failure.details;
  return { tried: Number(tried), bounced: Number(bounced), share: Number(share) };
}

const bounceWords = ({ tried, bounced, share }: BounceFigures): string =>
  `${formatCount(bounced)} of the first ${formatCount(tried)} addresses don’t exist or refuse mail: ${formatPercent(share)}.`;
