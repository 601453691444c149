import { Popover } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import classes from './app-frame.module.css';
import type { RunningJob } from './app-frame-types.ts';
import { formatPercent } from './format-number.ts';
import { StateBadge } from './state-badge.tsx';
import { useIsPhone } from './use-is-phone.ts';

/** What goes on in the background, with its progress; nothing while nothing does. */
export function Running({ jobs }: { readonly jobs: readonly RunningJob[] }) {
  const phone = useIsPhone();
  const [first] = jobs;
  if (first === undefined) return null;
  const words =
    jobs.length === 1 ? (phone ? percent(first) : `${first.label} ${percent(first)}`) : `${jobs.length} running`;
  return (
    <Popover position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <button type="button" className={classes.running}>
          <StateBadge tone="accent" moving>
            {words}
          </StateBadge>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={4}>
        {jobs.map((job) => (
          <Link key={job.id} to={job.href} className={classes.job ?? ''}>
            <span className={classes.jobTop}>
              <span>{job.label}</span>
              <span>{percent(job)}</span>
            </span>
            <span style={{ color: 'var(--mantine-color-dimmed)', fontSize: '0.8125rem' }}>{job.detail}</span>
            <div className={classes.track}>
              <div style={{ width: `${(job.progress ?? 0) * 100}%` }} />
            </div>
          </Link>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function percent(job: RunningJob): string {
  return job.progress === null ? '' : formatPercent(Math.floor(job.progress * 100) / 100).replace(/[.,]0(?=\s?%)/, '');
}
