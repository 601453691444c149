import { Skeleton, Text } from '@mantine/core';
import { fold } from '@mini-crm/domain';
import { IconFilter, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Instant } from '../../components/instant.tsx';
import { LinkButton } from '../../components/links.tsx';
import { Count, Percent } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { SegmentActions } from './segment-actions.tsx';
import classes from './segments-page.module.css';

type Row = Outputs['segments']['list'][number];

interface SegmentsPageProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

const pageSize = 25;

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    header: 'Segment',
    card: 'title',
    cell: ({ name, sentence }) => (
      <div className={classes.name}>
        <Text span fw={500} inherit>
          {name}
        </Text>
        <span className={classes.sentence}>{sentence}</span>
      </div>
    ),
  },
  { id: 'size', header: 'People', align: 'right', width: 120, cell: ({ id }) => <Size segmentId={id} part="size" /> },
  {
    id: 'share',
    header: 'Share',
    card: 'none',
    align: 'right',
    width: 100,
    optional: true,
    cell: ({ id }) => <Size segmentId={id} part="share" />,
  },
  {
    id: 'updatedAt',
    header: 'Edited',
    card: 'none',
    width: 160,
    optional: true,
    cell: ({ updatedAt }) => <Instant value={updatedAt} />,
  },
  {
    id: 'actions',
    header: '',
    align: 'right',
    width: 56,
    card: 'aside',
    cell: (segment) => <SegmentActions segment={segment} />,
  },
];

/** All segments, with how many people are in each now. */
export function SegmentsPage({ search, onSearch }: SegmentsPageProps) {
  const { orgId, slug, can } = useOrganization();
  const navigate = useNavigate();
  const [limit, setLimit] = useState(pageSize);
  const list = trpc.segments.list.useQuery({ orgId });
  const wanted = fold(search.trim());
  const found = list.data?.filter(({ name, sentence }) => fold(`${name} ${sentence}`).includes(wanted));
  const none = list.data?.length === 0;
  const create = can('segments.create') && (
    <LinkButton to="/o/$org/segments/new" params={{ org: slug }} leftSection={<IconPlus size={16} stroke={1.7} />}>
      New segment
    </LinkButton>
  );

  return (
    <Page>
      <PageHeader title="Segments" count={list.data?.length ?? null} actions={!none && create} />
      {!none && <FilterBar search={{ value: search, onChange: onSearch, placeholder: 'Search segments' }} />}
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
      />
    </Page>
  );
}

interface SizeProps {
  readonly segmentId: Row['id'];
  readonly part: 'size' | 'share';
}

function Size({ segmentId, part }: SizeProps) {
  const { orgId } = useOrganization();
  const size = trpc.segments.size.useQuery({ orgId, segmentId }, { staleTime: 60_000 });
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
