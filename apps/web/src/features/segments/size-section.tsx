import { Button, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formatCount, formatPercent } from '../../components/format-number.ts';
import { Percent } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { ExactAt } from './exact-at.tsx';
import { ReachList } from './reach-list.tsx';
import classes from './size-section.module.css';
import type { Preview } from './use-preview.ts';

interface SizeProps {
  readonly preview: Preview | undefined;
  /** Why the rule on the screen can't be counted. */
  readonly error: unknown;
  readonly onRetry: () => void;
  /** A newer rule is being counted, or the rule is not complete: the figure is of the one before. */
  readonly isBehind: boolean;
  /** Why the figure is not of what is on the screen; null where it is, or soon will be. */
  readonly note: string | null;
  /** How the size went over the last weeks. */
  readonly history?: ReactNode;
}

/** How many people are in, of how many, and how many of them can be reached: the figures that every edit changes. */
export function SizeSection({ preview, error, onRetry, isBehind, note, history }: SizeProps) {
  const share = preview?.total ? preview.size / preview.total : 0;
  return (
    <Section>
      <div className={isBehind ? `${classes.size} ${classes.behind}` : classes.size} aria-busy={isBehind}>
        <div className={classes.head}>
          <div className={classes.figure} role="status" aria-label="Number of people">
            {preview ? formatCount(preview.size) : <Skeleton w={120} h={40} />}
          </div>
          <div className={classes.share}>
            {preview ? (
              <>
                {preview.size === 1 ? 'person' : 'people'}
                {preview.total !== null && (
                  <>
                    , <Percent part={preview.size} whole={preview.total} /> of {formatCount(preview.total)}
                  </>
                )}
              </>
            ) : (
              <Skeleton w={160} h={14} mt={4} />
            )}
          </div>
        </div>
        <div className={classes.bar} aria-hidden>
          {share > 0 && <span style={{ width: `${share * 100}%` }} />}
        </div>
        <ReachList reach={preview?.reach} />
        {history}
        <Text size="xs" c="dimmed" component="div" className={classes.note}>
          {note ?? (preview ? <Source preview={preview} /> : error ? null : 'counting')}
        </Text>
      </div>
      {error !== null && error !== undefined && (
        <div className={classes.error}>
          <ErrorNotice error={error} />
          <Button mt="sm" variant="default" size="xs" onClick={onRetry}>
            Count again
          </Button>
        </div>
      )}
    </Section>
  );
}

/** How sure and how fresh the figure is, and why it took longer where it did. */
function Source({ preview: { at, source, state } }: { readonly preview: Preview }) {
  return (
    <>
      exact, <ExactAt value={at} />
      {source === 'database' && state.status !== 'off' && (
        <div>
          slower: from the database
          {state.status === 'loading' &&
            `; loading the audience engine${state.progress === null ? '' : `, ${formatPercent(state.progress)}`}`}
        </div>
      )}
    </>
  );
}

/** The figure in one line, for narrow screens where the panel scrolls away. It repeats, so it is not read aloud. */
export function SizeBar({ preview, isBehind }: Pick<SizeProps, 'preview' | 'isBehind'>) {
  if (!preview) return null;
  const { size, total } = preview;
  return (
    <div className={isBehind ? `${classes.sizeBar} ${classes.isBehind}` : classes.sizeBar} aria-hidden>
      <strong>{formatCount(size)}</strong> {size === 1 ? 'person' : 'people'}
      {total !== null && total > 0 && `, ${formatPercent(size / total)} of ${formatCount(total)}`}
    </div>
  );
}
