import { Button, Skeleton, Text } from '@mantine/core';
import { fold } from '@mini-crm/domain';
import { IconFilter, IconListCheck, IconPlus } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { formatCount } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { LinkButton } from '../../components/links.tsx';
import { Count, Percent } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { NewList } from './new-list.tsx';
import { SegmentActions } from './segment-actions.tsx';
import classes from './segments-page.module.css';
import { useIsRemoving } from './use-is-removing.ts';

type Row = Outputs['segments']['list'][number];

/** What the list shows: the words looked for, and whether lists, conditions or archived ones. */
export interface SegmentListSearch {
  readonly q?: string | undefined;
  readonly kind?: Row['kind'] | undefined;
  readonly archived?: boolean | undefined;
}

interface SegmentsPageProps {
  readonly search: SegmentListSearch;
  readonly onSearch: (search: SegmentListSearch) => void;
}

const isUnfinished = (segment: Row): boolean => segment.kind === 'static' && segment.filling !== null;

/** What stands below the name: the rule in words, or what the list is for. */
function wordsOf(segment: Row): string {
  if (segment.kind === 'dynamic') return segment.sentence ?? '';
  if (segment.filling)
    return `${formatCount(segment.filling.added)} people out of “${segment.filling.from.name}” so far`;
  return segment.description || 'People who were put on it.';
}

const pageSize = 25;

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    header: 'Segment',
    card: 'title',
    cell: (segment) => (
      <div className={classes.name}>
        <Text span fw={500} inherit>
          {segment.name} {segment.archivedAt && <span className={classes.sentence}>archived</span>}
        </Text>
        <span className={classes.sentence}>{wordsOf(segment)}</span>
      </div>
    ),
  },
  {
    id: 'kind',
    header: 'Kind',
    card: 'none',
    width: 120,
    optional: true,
    cell: (segment) => (
      <StateBadge tone="neutral" hollow={segment.kind === 'dynamic'} moving={isUnfinished(segment)}>
        {isUnfinished(segment) ? 'Being made' : segment.kind === 'static' ? 'List' : 'Conditions'}
      </StateBadge>
    ),
  },
  {
    id: 'size',
    header: 'People',
    align: 'right',
    width: 110,
    cell: (segment) => (isUnfinished(segment) ? '–' : <Size segmentId={segment.id} part="size" />),
  },
  {
    id: 'share',
    header: 'Share',
    card: 'none',
    align: 'right',
    width: 100,
    optional: true,
    cell: (segment) => (isUnfinished(segment) ? '–' : <Size segmentId={segment.id} part="share" />),
  },
  {
    id: 'uses',
    header: 'Used by',
    card: 'none',
    align: 'right',
    width: 130,
    optional: true,
    cell: ({ uses }) => <Uses uses={uses} />,
  },
  {
    id: 'updatedAt',
    header: 'Changed',
    card: 'none',
    width: 150,
    optional: true,
    cell: ({ updatedAt }) => <Instant value={updatedAt} />,
  },
  {
    id: 'actions',
    header: '',
    align: 'right',
    width: 56,
    card: 'aside',
    cell: (segment) => (
      <SegmentActions
        segment={{ ...segment, isArchived: segment.archivedAt !== null, isUnfinished: isUnfinished(segment) }}
      />
    ),
  },
];

/** All segments, with how many people are in each now. */
export function SegmentsPage({ search, onSearch }: SegmentsPageProps) {
  const { orgId, slug, can } = useOrganization();
  const navigate = useNavigate();
  const [limit, setLimit] = useState(pageSize);
  const [creating, setCreating] = useState(false);
  const { q = '', kind, archived = false } = search;
  const list = trpc.segments.list.useQuery({ orgId, archived }, { placeholderData: keepPreviousData });
  const wanted = fold(q.trim());
  const found = list.data?.filter(
    (segment) =>
      (kind === undefined || segment.kind === kind) && fold(`${segment.name} ${wordsOf(segment)}`).includes(wanted),
  );
  const none = list.data?.length === 0 && !archived;
  const change = (part: SegmentListSearch) => onSearch({ ...search, ...part });
  const create = can('segments.create') && (
    <>
      <Button
        variant="default"
        leftSection={<IconListCheck size={16} stroke={1.7} />}
        onClick={() => setCreating(true)}
      >
        New list
      </Button>
      <LinkButton to="/o/$org/segments/new" params={{ org: slug }} leftSection={<IconPlus size={16} stroke={1.7} />}>
        New segment
      </LinkButton>
    </>
  );

  return (
    <Page>
      <PageHeader title="Segments" count={list.data?.length ?? null} actions={!none && create} />
      {!none && (
        <FilterBar
          search={{ value: q, onChange: (next) => change({ q: next || undefined }), placeholder: 'Search segments' }}
          filters={[
            {
              kind: 'choice',
              id: 'kind',
              label: 'Kind',
              options: [
                { value: 'dynamic', label: 'Conditions' },
                { value: 'static', label: 'Lists' },
              ],
              value: kind,
              onChange: (value) => change({ kind: value as Row['kind'] }),
              onClear: () => change({ kind: undefined }),
            },
            {
              kind: 'choice',
              id: 'archived',
              label: 'Archived',
              options: [{ value: 'shown', label: 'Shown too' }],
              value: archived ? 'shown' : undefined,
              onChange: () => change({ archived: true }),
              onClear: () => change({ archived: undefined }),
            },
          ]}
          onClearAll={() => onSearch({})}
        />
      )}
      <DataTable
        label="Segments"
        columns={columns}
        rows={found?.slice(0, limit)}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        onOpen={({ id }) => navigate({ to: '/o/$org/segments/$id', params: { org: slug, id } })}
        error={list.error}
        onRetry={() => list.refetch()}
        hasMore={(found?.length ?? 0) > limit}
        onLoadMore={() => setLimit(limit + pageSize)}
        empty={
          none ? (
            <EmptyState compact icon={IconFilter} title="No segments yet" actions={create}>
              A segment is a group of customers by what they did and what you know of them, always up to date. Campaigns
              go to segments.
            </EmptyState>
          ) : (
            <EmptyState compact title="No segment has this in its name or conditions" />
          )
        }
        stale={list.isPlaceholderData}
      />
      <NewList opened={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

/** By how many campaigns and segments. */
function Uses({ uses: { campaigns, segments } }: Pick<Row, 'uses'>) {
  const parts = [
    campaigns > 0 && `${formatCount(campaigns)} ${campaigns === 1 ? 'campaign' : 'campaigns'}`,
    segments > 0 && `${formatCount(segments)} ${segments === 1 ? 'segment' : 'segments'}`,
  ].filter(Boolean);
  return (
    <Text component="div" inherit {...(parts.length === 0 ? { c: 'dimmed' } : {})}>
      {parts.length === 0 ? '–' : parts.map((part) => <div key={String(part)}>{part}</div>)}
    </Text>
  );
}

interface SizeProps {
  readonly segmentId: Row['id'];
  readonly part: 'size' | 'share';
}

function Size({ segmentId, part }: SizeProps) {
  const { orgId } = useOrganization();
  const size = trpc.segments.size.useQuery(
    { orgId, segmentId },
    // Each by itself: one that takes long must not keep the others waiting.
    { staleTime: 60_000, enabled: !useIsRemoving(), trpc: { context: { skipBatch: true } } },
  );
  if (size.error)
    return (
      <Text span c="dimmed" title="It could not be counted now.">
        –
      </Text>
    );
  if (!size.data) return <Skeleton h={14} w={48} display="inline-block" />;
  if (part === 'size') return <Count value={size.data.size} />;
  return size.data.total === null ? '–' : <Percent part={size.data.size} whole={size.data.total} />;
}
