import { Button, Skeleton, Stack } from '@mantine/core';
import { type CampaignFault, campaignFaults, senderOf } from '@mini-crm/domain';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { ErrorState } from '../../components/error-state.tsx';
import { KeyValues } from '../../components/key-values.tsx';
import { LinkButton } from '../../components/links.tsx';
import { Section } from '../../components/section.tsx';
import { sendingRuleSentences } from '../../components/sending-rules-words.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { faultStep, faultWords, type Step } from './campaign-words.ts';
import { audienceWords, type CampaignDetail, type Draft } from './draft.ts';
import { liquidWords } from './liquid-words.ts';
import { people } from './people.ts';
import classes from './review-step.module.css';
import type { Review } from './use-review.ts';
import { type LocalSchedule, useZoneTurns } from './use-zone-turns.ts';
import { whenWords } from './when-words.ts';
import { ZoneTable } from './zone-table.tsx';

interface ReviewStepProps {
  readonly draft: Draft;
  readonly review: Review;
  readonly names: CampaignDetail['audienceNames'];
  readonly onStep: (step: Step, field?: string) => void;
}

/** Everything once more, and what has to be mended before it can go out, each with the way to its field. */
export function ReviewStep({ draft, review, names, onStep }: ReviewStepProps) {
  const { orgId, zone } = useOrganization();
  const settings = trpc.organization.get.useQuery({ orgId });
  const sender = settings.data && senderOf(draft.sender, settings.data.sender);
  const { data } = review;
  const rules = draft.purpose === 'marketing' && settings.data ? sendingRuleSentences(settings.data.sending) : [];
  return (
    <Stack gap="md">
      <Checks review={review} onStep={onStep} />
      <Section title="What goes out">
        <KeyValues
          items={[
            ['Audience', audienceWords(names)],
            ['Gets it', data?.waterfall ? people(data.waterfall.reachable) : null],
            [
              'Kind',
              draft.purpose === 'marketing'
                ? 'Marketing, to people who agreed to e-mail'
                : 'Service, no consent needed',
            ],
            ['From', sender?.fromEmail ? `${sender.fromName} <${sender.fromEmail}>` : null],
            ['Replies to', sender?.replyTo || sender?.fromEmail || null],
            ['Subject', liquidWords(draft.content.subject) || null],
            ['Preheader', liquidWords(draft.content.preheader) || null],
            [
              'When',
              draft.schedule.type === 'at'
                ? `${whenWords(draft.schedule, zone)} (${zone})`
                : whenWords(draft.schedule, zone),
            ],
            ...(rules.length > 0 ? [['Your rules', rules.join(' ')] as const] : []),
          ]}
        />
      </Section>
      {draft.schedule.type === 'local' && <Zones draft={draft} schedule={draft.schedule} />}
    </Stack>
  );
}

/** When each zone has its turn, before anything is launched. */
function Zones({ draft, schedule }: { readonly draft: Draft; readonly schedule: LocalSchedule }) {
  const zones = useZoneTurns({ ...draft, schedule });
  return (
    <Section title="Zone by zone">
      <ZoneTable {...zones} />
    </Section>
  );
}

function Checks({ review: { data, error, refetch }, onStep }: Pick<ReviewStepProps, 'review' | 'onStep'>) {
  if (error && !data) return <ErrorState compact error={error} onRetry={refetch} />;
  if (!data) {
    return (
      <Section title="Checking">
        <Skeleton h={16} w="60%" />
      </Section>
    );
  }
  const faults = data.faults as readonly CampaignFault[];
  const errors = faults.filter(({ code }) => campaignFaults[code] === 'error');
  const warnings = faults.filter(({ code }) => campaignFaults[code] === 'warning');
  return (
    <>
      <Section
        title={
          errors.length === 0
            ? 'Ready to go out'
            : errors.length === 1
              ? 'One thing to mend first'
              : `${errors.length} things to mend first`
        }
      >
        {errors.length === 0 ? (
          <p className={classes.fine}>
            <IconCircleCheck size={18} stroke={1.7} aria-hidden /> Audience, message, sender and time are complete.
          </p>
        ) : (
          <FaultList faults={errors} tone="error" onStep={onStep} />
        )}
      </Section>
      {warnings.length > 0 && (
        <Section title="Worth a look">
          <FaultList faults={warnings} tone="warning" onStep={onStep} />
        </Section>
      )}
    </>
  );
}

interface FaultListProps {
  readonly faults: readonly CampaignFault[];
  readonly tone: 'error' | 'warning';
  readonly onStep: ReviewStepProps['onStep'];
}

function FaultList({ faults, tone, onStep }: FaultListProps) {
  const Icon = tone === 'error' ? IconAlertTriangle : IconInfoCircle;
  return (
    <ul className={classes.faults}>
      {faults.map((fault) => (
        <li
          key={`${fault.code} ${fault.path.join('.')} ${JSON.stringify(fault.details ?? null)}`}
          className={classes.fault}
        >
          <span className={classes.icon} data-tone={tone} aria-hidden>
            <Icon size={18} stroke={1.7} />
          </span>
          <span className={classes.words}>{faultWords(fault)}</span>
          <FaultLink fault={fault} onStep={onStep} />
        </li>
      ))}
    </ul>
  );
}

const stepNames: Record<Step, string> = { audience: 'audience', content: 'content', when: 'time', review: 'review' };

function FaultLink({ fault, onStep }: { readonly fault: CampaignFault; readonly onStep: ReviewStepProps['onStep'] }) {
  const { slug } = useOrganization();
  const step = faultStep(fault);
  if (step === 'settings') {
    return (
      <LinkButton size="xs" variant="default" to="/o/$org/settings" params={{ org: slug }}>
        Open settings
      </LinkButton>
    );
  }
  return (
    <Button size="xs" variant="default" onClick={() => onStep(step, fault.path.join('.'))}>
      Go to {stepNames[step]}
    </Button>
  );
}
