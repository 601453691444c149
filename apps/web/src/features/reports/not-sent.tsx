import { Link } from '@tanstack/react-router';
import { Count } from '../../components/numbers.tsx';
import { outcomeReasons, outcomeStates } from '../../components/outcome-words.ts';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './report.module.css';
import type { Report } from './report-types.ts';
import { SendAgain } from './send-again.tsx';

/** Who of the recipients got nothing, by reason, and what can be done about it; nothing where everybody got it. */
export function NotSent({ report }: { readonly report: Report }) {
  const { slug } = useOrganization();
  const { reasons } = report.figures;
  if (reasons.length === 0) return null;
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <Section
      title={
        <>
          Who did not get it <Count value={total} c="dimmed" fw={400} />
        </>
      }
      flush
    >
      <ul className={classes.reasons}>
        {reasons.map(({ state, reason, count }) => (
          <li key={`${state}:${reason}`}>
            <Link
              to="/o/$org/messages"
              params={{ org: slug }}
              search={{ campaign: report.id, ...(reason ? { reason } : { state }) }}
              className={classes.reason ?? ''}
            >
              <span>
                <StateBadge tone={outcomeStates[state].tone}>{outcomeStates[state].word}</StateBadge>
                <span className={classes.why}>{reason ? outcomeReasons[reason] : 'Another reason'}</span>
              </span>
              <Count value={count} />
            </Link>
          </li>
        ))}
      </ul>
      <SendAgain report={report} />
    </Section>
  );
}
