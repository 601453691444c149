import { Skeleton, Tooltip } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import { dayKey, formatDayHeading, formatExactInstant, formatTime, type InstantValue } from './format-instant.ts';
import { LoadMore } from './load-more.tsx';
import classes from './timeline.module.css';
import { type Tone, toneColor } from './tone.ts';
import { useNow } from './use-now.ts';

export interface TimelineItem {
  readonly id: string;
  readonly at: InstantValue;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly tone?: Tone;
  readonly title: ReactNode;
  readonly body?: ReactNode;
}

interface TimelineProps {
  /** Newest first; undefined while the first page loads. */
  readonly items: readonly TimelineItem[] | undefined;
  readonly zone?: string;
  readonly empty: ReactNode;
  readonly hasMore?: boolean | undefined;
  readonly onLoadMore?: () => void;
  readonly loadingMore?: boolean;
}

/** What happened, read downwards by day; loads as it scrolls. */
export function Timeline({ items, zone, empty, hasMore, onLoadMore, loadingMore = false }: TimelineProps) {
  const now = useNow();
  if (items === undefined) return <TimelineSkeleton />;
  if (items.length === 0) return empty;
  const today = dayKey(now, zone);
  return (
    <div>
      {groupByDay(items, zone).map(({ day, items: ofDay }) => (
        <div key={day}>
          <h3 className={classes.day}>{formatDayHeading(day, today)}</h3>
          <ol className={classes.items}>
            {ofDay.map((item) => (
              <li key={item.id} className={classes.item}>
                <span
                  className={classes.icon}
                  style={{ '--tone': toneColor[item.tone ?? 'neutral'] } as React.CSSProperties}
                  aria-hidden
                >
                  <item.icon size={15} stroke={1.7} />
                </span>
                <div>
                  <div className={classes.title}>{item.title}</div>
                  {item.body !== undefined && <div className={classes.body}>{item.body}</div>}
                </div>
                <Tooltip label={formatExactInstant(item.at, { zone })}>
                  <time className={classes.time} dateTime={new Date(item.at).toISOString()}>
                    {formatTime(item.at, { zone })}
                  </time>
                </Tooltip>
              </li>
            ))}
          </ol>
        </div>
      ))}
      {hasMore && onLoadMore && <LoadMore onLoadMore={onLoadMore} loading={loadingMore} />}
    </div>
  );
}

/** Neighbouring items of one civil day of the zone, in the order they come. */
export function groupByDay<Item extends { readonly at: InstantValue }>(
  items: readonly Item[],
  zone?: string,
): readonly { readonly day: string; readonly items: readonly Item[] }[] {
  const groups: { day: string; items: Item[] }[] = [];
  for (const item of items) {
    const day = dayKey(item.at, zone);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}

function TimelineSkeleton() {
  return (
    <div aria-busy>
      <Skeleton width={90} height={10} mb={16} />
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className={classes.item}>
          <Skeleton circle height={28} />
          <Skeleton height={10} width={`${70 - row * 10}%`} mt={9} />
        </div>
      ))}
    </div>
  );
}
