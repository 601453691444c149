import { IconFileImport } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatPercent } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { Count } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { type ImportSummary, kindWords, stateWords } from './import-words.ts';

const pageSize = 25;

/** Every import of the organization, newest first. */
export function ImportsPage() {
  const { orgId, slug, refusal } = useOrganization();
  const navigate = useNavigate();
  const list = trpc.imports.list.useInfiniteQuery(
    { orgId, limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const begin = (
    <ActionButton
      reason={refusal('imports.start')}
      leftSection={<IconFileImport size={16} stroke={1.7} />}
      onClick={() => navigate({ to: '/o/$org/customers/import', params: { org: slug } })}
    >
      Import a file
    </ActionButton>
  );
  return (
    <Page>
      <PageHeader title="Imports" actions={begin} />
      <DataTable
        label="Imports"
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowId={({ id }) => id}
        rowLabel={({ fileName }) => fileName}
        onOpen={({ id }) => navigate({ to: '/o/$org/imports/$importId', params: { org: slug, importId: id } })}
        error={list.error}
        onRetry={() => list.refetch()}
        hasMore={list.hasNextPage}
        onLoadMore={() => list.fetchNextPage()}
        loadingMore={list.isFetchingNextPage}
        empty={
          <EmptyState compact icon={IconFileImport} title="Nothing was imported yet">
            Bring your customers and their orders from CSV files. Each import stays here with its result and its refused
            rows.
          </EmptyState>
        }
      />
    </Page>
  );
}

const columns: readonly Column<ImportSummary>[] = [
  { id: 'file', header: 'File', card: 'title', cell: ({ fileName }) => fileName },
  { id: 'kind', header: 'Rows are', cell: ({ kind }) => kindWords[kind].title, optional: true },
  {
    id: 'state',
    header: 'State',
    card: 'aside',
    cell: (job) => {
      const words = stateWords(job);
      const share = job.state === 'running' ? ` ${formatPercent(Math.floor(job.progress * 100) / 100)}` : '';
      return (
        <StateBadge {...words}>
          {words.word}
          {share}
        </StateBadge>
      );
    },
  },
  { id: 'created', header: 'Added', align: 'right', cell: ({ counts }) => <Count value={counts.created} /> },
  { id: 'updated', header: 'Updated', align: 'right', cell: ({ counts }) => <Count value={counts.updated} /> },
  {
    id: 'unchanged',
    header: 'As they were',
    align: 'right',
    optional: true,
    cell: ({ counts }) => <Count value={counts.unchanged} />,
  },
  { id: 'refused', header: 'Refused', align: 'right', cell: ({ counts }) => <Count value={counts.refused} /> },
  { id: 'by', header: 'By', optional: true, cell: ({ createdBy }) => createdBy },
  { id: 'when', header: 'When', align: 'right', cell: ({ createdAt }) => <Instant value={createdAt} /> },
];
