import { Chip, Group } from '@mantine/core';
import { type CustomerId, type TimelineKind, timelineKinds } from '@mini-crm/domain';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { Section } from '../../../components/section.tsx';
import { Timeline } from '../../../components/timeline.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { LogInteraction } from './log-interaction.tsx';
import classes from './profile.module.css';
import { timelineItem } from './timeline-item.tsx';

const kindNames: Record<TimelineKind, string> = {
  orders: 'Orders',
  interactions: 'Interactions',
  messages: 'Messages',
  activity: 'Activity',
};

/** Orders, interactions and messages in one stream, and a place to write down the next one. */
export function TimelineSection({ customerId }: { readonly customerId: CustomerId }) {
  const { orgId, slug, zone, can } = useOrganization();
  const [kind, setKind] = useState<TimelineKind | 'all'>('all');
  const stream = trpc.customers.timeline.useInfiniteQuery(
    { orgId, customerId, limit: 30, ...(kind === 'all' ? {} : { kind }) },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const names = trpc.eventTypes.list.useQuery({ orgId });
  const items = stream.data?.pages.flatMap((page) => page.items);
  return (
    <Section
      flush
      title="Timeline"
      actions={
        <Chip.Group value={kind} onChange={(chosen) => setKind(chosen as TimelineKind)}>
          <Group gap={4} role="group" aria-label="Show">
            {(['all', ...timelineKinds] as const).map((one) => (
              <Chip key={one} value={one} size="xs" variant="light">
                {one === 'all' ? 'All' : kindNames[one]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      }
    >
      {can('customers.logInteraction') && <LogInteraction customerId={customerId} />}
      <div className={classes.stream} style={{ opacity: stream.isPlaceholderData ? 0.6 : 1 }}>
        {stream.error && !stream.data ? (
          <ErrorState compact error={stream.error} onRetry={() => stream.refetch()} />
        ) : (
          <Timeline
            items={items?.map((item) => timelineItem(item, slug, names.data))}
            zone={zone}
            hasMore={stream.hasNextPage}
            onLoadMore={() => stream.fetchNextPage()}
            loadingMore={stream.isFetchingNextPage}
            empty={
              <EmptyState
                compact
                icon={IconHistory}
                title={kind === 'all' ? 'Nothing happened yet' : 'None of these yet'}
              >
                Orders, what programs send, messages from campaigns and what you write down appear here.
              </EmptyState>
            }
          />
        )}
      </div>
    </Section>
  );
}
