import { Link } from '@tanstack/react-router';
import { formatCount, formatPercent } from '../../components/format-number.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './home.module.css';
import type { Activity } from './home-types.ts';

/** Imports and sendings that go on at this moment; nothing while nothing does. */
export function RunningNow({ activity }: { readonly activity: Activity | undefined }) {
  const { slug } = useOrganization();
  const sending = (activity?.campaigns ?? []).filter(({ state }) => state === 'sending' || state === 'paused');
  const imports = activity?.imports ?? [];
  if (sending.length + imports.length === 0) return null;
  return (
    <Section title="Running now" flush>
      <ul className={classes.jobs}>
        {sending.map(({ id, name, state, progress }) => {
          const total = progress?.planned ?? progress?.expected ?? 0;
          const settled = progress ? Object.values(progress.counts).reduce((sum, count) => sum + count, 0) : 0;
          return (
            <li key={id}>
              <Link to="/o/$org/campaigns/$id" params={{ org: slug, id }} className={classes.job ?? ''}>
                <span className={classes.jobTop}>
                  <span className={classes.jobName}>{name}</span>
                  <StateBadge tone={state === 'paused' ? 'warning' : 'accent'} moving={state === 'sending'}>
                    {state === 'paused' ? 'Paused' : 'Sending'}
                  </StateBadge>
                </span>
                <ProgressBar label={`Sending ${name}`} value={settled} total={total} />
                <span className={classes.jobDetail}>
                  {formatCount(settled)} of {formatCount(total)} people
                </span>
              </Link>
            </li>
          );
        })}
        {imports.map(({ id, kind, fileName, state, progress }) => (
          <li key={id}>
            <Link to="/o/$org/imports/$importId" params={{ org: slug, importId: id }} className={classes.job ?? ''}>
              <span className={classes.jobTop}>
                <span className={classes.jobName}>
                  Import of {kind} from {fileName}
                </span>
                <StateBadge tone="accent" moving={state === 'running'} hollow={state === 'queued'}>
                  {state === 'queued' ? 'Waiting' : formatPercent(Math.floor(progress * 100) / 100)}
                </StateBadge>
              </span>
              <ProgressBar label={`Import of ${fileName}`} value={Math.round(progress * 100)} total={100} />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
