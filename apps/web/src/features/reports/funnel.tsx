import { SegmentedControl } from '@mantine/core';
import type { DeliveryState, MessageResponse } from '@mini-crm/domain';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Count, Percent } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './report.module.css';
import type { Report } from './report-types.ts';

interface Step {
  readonly label: string;
  readonly count: number;
  /** What the share is of, and its name. */
  readonly of: number | null;
  readonly ofWhat: string;
  /** The filter of the log that shows these people. */
  readonly search: { readonly state?: DeliveryState; readonly response?: MessageResponse };
}

/** From everybody who was to get it down to those who clicked, each step to the scale of the first. */
export function Funnel({ report }: { readonly report: Report }) {
  const { slug } = useOrganization();
  const [who, setWho] = useState<'people' | 'all'>('people');
  const steps = funnelSteps(report, who);
  const { opened, allOpened, clicked, allClicked } = report.figures;
  const machines = allOpened > opened || allClicked > clicked;
  const widest = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <Section
      title="Funnel"
      description={
        who === 'people'
          ? 'People only. Opens are counted by a picture: mail programs that load none hide theirs.'
          : 'With mail programs that load pictures by themselves, and scanners that follow links.'
      }
      actions={
        machines && (
          <SegmentedControl
            aria-label="Who is counted"
            value={who}
            onChange={(value) => setWho(value === 'all' ? 'all' : 'people')}
            data={[
              { value: 'people', label: 'People' },
              { value: 'all', label: 'All' },
            ]}
          />
        )
      }
      flush
    >
      <ol className={classes.funnel}>
        {steps.map((step) => (
          <li key={step.label}>
            <Link
              to="/o/$org/messages"
              params={{ org: slug }}
              search={{ campaign: report.id, ...step.search }}
              className={classes.step ?? ''}
            >
              <span className={classes.stepLabel}>{step.label}</span>
              <span className={classes.track} aria-hidden>
                <span className={classes.bar} style={barWidth(step.count, widest)} />
              </span>
              <span className={classes.count}>
                <Count value={step.count} />
              </span>
              <span className={classes.share}>
                {step.of !== null && (
                  <>
                    <Percent part={step.count} whole={step.of} /> <small>{step.ofWhat}</small>
                  </>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** To scale, but never too thin to be seen while there is somebody. */
const barWidth = (count: number, widest: number) => ({
  width: `${(count / widest) * 100}%`,
  minWidth: count > 0 ? 2 : 0,
});

/** The steps that are known: nobody says over plain SMTP whether a message was delivered. */
export function funnelSteps(
  { recipients, figures }: Pick<Report, 'recipients' | 'figures'>,
  who: 'people' | 'all',
): readonly Step[] {
  const { sent, failed, skipped, unknown, delivered, bounced, complained, unsubscribed } = figures;
  const settled = sent + failed + skipped + unknown;
  const all = recipients ?? settled;
  const ofSent = { of: sent, ofWhat: 'of sent' };
  const answered = (label: string, response: MessageResponse, count: number): Step => ({
    label,
    count,
    ...ofSent,
    search: { response },
  });
  return [
    { label: 'Recipients', count: all, of: null, ofWhat: '', search: {} },
    { label: 'Sent', count: sent, of: all, ofWhat: 'of recipients', search: { state: 'sent' } },
    ...(delivered > 0 ? [{ label: 'Delivered', count: delivered, ...ofSent, search: { state: 'sent' as const } }] : []),
    answered('Opened', 'opened', who === 'all' ? figures.allOpened : figures.opened),
    answered('Clicked', 'clicked', who === 'all' ? figures.allClicked : figures.clicked),
    answered('Unsubscribed', 'unsubscribed', unsubscribed),
    ...(bounced > 0
      ? [{ ...answered('Bounced', 'bounced', bounced), of: sent + failed, ofWhat: 'of those tried' }]
      : []),
    ...(complained > 0 ? [answered('Spam reports', 'complained', complained)] : []),
  ];
}
