import type { DeliveryState, MessageResponse } from '@mini-crm/domain';
import { Link } from '@tanstack/react-router';
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
  const steps = funnelSteps(report);
  const widest = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <Section
      title="Funnel"
      description="Opens are counted by a picture: mail programs that load none hide theirs, some open by themselves."
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
export function funnelSteps({ recipients, figures }: Pick<Report, 'recipients' | 'figures'>): readonly Step[] {
  const { sent, failed, skipped, unknown, delivered, opened, clicked, unsubscribed } = figures;
  const settled = sent + failed + skipped + unknown;
  const all = recipients ?? settled;
  const ofSent = { of: sent, ofWhat: 'of sent' };
  const steps: Step[] = [
    { label: 'Recipients', count: all, of: null, ofWhat: '', search: {} },
    { label: 'Sent', count: sent, of: all, ofWhat: 'of recipients', search: { state: 'sent' } },
    { label: 'Opened', count: opened, ...ofSent, search: { response: 'opened' } },
    { label: 'Clicked', count: clicked, ...ofSent, search: { response: 'clicked' } },
    { label: 'Unsubscribed', count: unsubscribed, ...ofSent, search: { response: 'unsubscribed' } },
  ];
  if (delivered > 0) steps.splice(2, 0, { label: 'Delivered', count: delivered, ...ofSent, search: { state: 'sent' } });
  return steps;
}
