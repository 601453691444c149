import { Stack, Text } from '@mantine/core';
import { formatCount, formatPercent } from '../../components/format-number.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { type ImportJob, stateWords } from './import-words.ts';
import classes from './imports.module.css';

interface ImportProgressProps {
  readonly job: ImportJob | undefined;
  readonly title: string;
  /** The page's head says the state already. */
  readonly plain?: boolean;
}

/** How far it is; moves by itself. */
export function ImportProgress({ job, title, plain = false }: ImportProgressProps) {
  const words = job ? stateWords(job) : { word: 'Waiting', tone: 'neutral' as const, hollow: true };
  const { rows = 0, refused = 0 } = job?.counts ?? {};
  return (
    <Stack gap="xs" className={classes.progress ?? ''}>
      <div className={classes.sendingRow}>
        <Text fw={500}>{title}</Text>
        {!plain && <StateBadge {...words}>{words.word}</StateBadge>}
      </div>
      <ProgressBar label={title} value={job?.progress ?? 0} total={1} />
      <div className={classes.sendingRow}>
        <Text size="sm" c="dimmed" aria-live="polite">
          {job?.state === 'queued'
            ? 'It starts as soon as an import before it is done.'
            : job?.rowsTotal
              ? `${formatCount(rows)} of ${formatCount(job.rowsTotal)} rows${refused > 0 ? `, ${formatCount(refused)} refused` : ''}`
              : 'Reading the file from end to end'}
        </Text>
        <Text size="sm" c="dimmed">
          {formatPercent(Math.floor((job?.progress ?? 0) * 100) / 100)}
        </Text>
      </div>
    </Stack>
  );
}
