import { Button } from '@mantine/core';
import { planLog } from '@mini-crm/domain';
import { IconAt, IconDownload, IconFilterOff } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { errorWords } from '../../components/error-words.ts';
import { FilterBar } from '../../components/filter-bar.tsx';
import { formatCount } from '../../components/format-number.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { messageColumns, subjectOf } from './message-columns.tsx';
import { MessagePanel } from './message-panel.tsx';
import { isPartOfAddress, type MessageSearch, messageFilterOf, messagesFileHref } from './message-search.ts';
import { MessagesEmpty } from './messages-empty.tsx';
import { useMessageFilters } from './use-message-filters.tsx';

interface MessagesPageProps {
  readonly search: MessageSearch;
  readonly onSearch: (search: MessageSearch) => void;
}

const refused = errorWords({ code: 'log_filter_unsupported', id: null, path: null, details: {} });

/** The communication log: every message to anybody and every interaction, the newest first; a row opens what was sent and what came back. */
export function MessagesPage({ search, onSearch }: MessagesPageProps) {
  const { orgId, zone, refusal } = useOrganization();
  const change = (part: Partial<MessageSearch>) => onSearch({ ...search, ...part });
  const filter = messageFilterOf(search, zone);
  const plan = planLog(filter);
  const halfAddress = isPartOfAddress(search);
  const enabled = plan.ok && !halfAddress;
  const filters = useMessageFilters(search, filter, change);
  const list = trpc.messages.list.useInfiniteQuery(
    { orgId, filter, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData, enabled },
  );
  const counted = trpc.messages.count.useQuery({ orgId, filter }, { placeholderData: keepPreviousData, enabled });
  const count = enabled ? counted.data : undefined;
  const clear = () => onSearch({});
  const cannotExport =
    refusal('messages.export') ?? (enabled ? null : 'There is nothing to export: change the filters first.');
  return (
    <Page>
      <PageHeader
        title="Messages"
        count={!enabled || count?.more ? undefined : (count?.count ?? null)}
        beside={count?.more && <span>more than {formatCount(count.count)}</span>}
        actions={
          cannotExport ? (
            <ActionButton variant="default" reason={cannotExport}>
              Export CSV
            </ActionButton>
          ) : (
            <Button
              component="a"
              href={messagesFileHref(orgId, filter)}
              download
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.7} />}
            >
              Export CSV
            </Button>
          )
        }
      />
      <FilterBar
        search={{
          value: search.q ?? '',
          onChange: (q) => change({ q: q || undefined }),
          placeholder: 'Whole e-mail address',
        }}
        filters={filters}
        onClearAll={clear}
      />
      {halfAddress ? (
        <EmptyState compact icon={IconAt} title="Type the whole address">
          The log finds an address as a whole, such as ann@example.com. To find somebody by name or by a part of the
          address, use the filter Customer.
        </EmptyState>
      ) : plan.ok ? (
        <DataTable
          label="Messages"
          columns={messageColumns(zone, search.campaign === undefined)}
          rows={list.data?.pages.flatMap(({ items }) => items)}
          rowId={({ id }) => id}
          rowLabel={(row) => `${row.name || (row.kind === 'interaction' ? '' : row.address)}, ${subjectOf(row).words}`}
          onOpen={({ id }) => change({ message: id })}
          error={list.error}
          onRetry={() => void list.refetch()}
          stale={list.isPlaceholderData}
          hasMore={list.hasNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          loadingMore={list.isFetchingNextPage}
          empty={<MessagesEmpty search={search} onClear={clear} />}
        />
      ) : (
        <EmptyState
          compact
          icon={IconFilterOff}
          title={refused.title}
          actions={
            <Button variant="default" onClick={clear}>
              Clear filters
            </Button>
          }
        >
          {refused.text}
        </EmptyState>
      )}
      <MessagePanel id={search.message} onClose={() => change({ message: undefined })} />
    </Page>
  );
}
