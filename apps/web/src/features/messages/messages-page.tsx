import { Button } from '@mantine/core';
import { IconDownload, IconMailOff, IconMessages } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { formatCount } from '../../components/format-number.ts';
import { LinkButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { messageColumns } from './message-columns.tsx';
import { MessagePanel } from './message-panel.tsx';
import { type MessageSearch, messageFilterOf, messagesFileHref } from './message-search.ts';
import { useMessageFilters } from './use-message-filters.tsx';

interface MessagesPageProps {
  readonly search: MessageSearch;
  readonly onSearch: (search: MessageSearch) => void;
}

/** The communication log: every message to anybody, the newest first; a row opens what was sent and what came back. */
export function MessagesPage({ search, onSearch }: MessagesPageProps) {
  const { orgId, slug, zone, can, refusal } = useOrganization();
  const change = (part: Partial<MessageSearch>) => onSearch({ ...search, ...part });
  const filter = messageFilterOf(search, zone);
  const filters = useMessageFilters(search, change);
  const list = trpc.messages.list.useInfiniteQuery(
    { orgId, filter, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const counted = trpc.messages.count.useQuery({ orgId, filter }, { placeholderData: keepPreviousData });
  const narrowed = Object.keys(filter).length > 0;
  const clear = () => onSearch({});
  const exporting = refusal('messages.export');
  return (
    <Page>
      <PageHeader
        title="Messages"
        count={counted.data?.more ? undefined : (counted.data?.count ?? null)}
        beside={counted.data?.more && <span>more than {formatCount(counted.data.count)}</span>}
        actions={
          exporting ? (
            <ActionButton variant="default" reason={exporting}>
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
          placeholder: 'Address begins with',
        }}
        filters={filters}
        onClearAll={clear}
      />
      <DataTable
        label="Messages"
        columns={messageColumns(zone, search.campaign === undefined)}
        rows={list.data?.pages.flatMap(({ items }) => items)}
        rowId={({ id }) => id}
        rowLabel={({ name, address, campaignName }) => `${name || address}, ${campaignName ?? ''}`}
        onOpen={({ id }) => change({ message: id })}
        error={list.error}
        onRetry={() => void list.refetch()}
        stale={list.isPlaceholderData}
        hasMore={list.hasNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        loadingMore={list.isFetchingNextPage}
        empty={
          narrowed ? (
            <EmptyState
              compact
              icon={IconMailOff}
              title="No message fits"
              actions={
                <Button variant="default" onClick={clear}>
                  Clear filters
                </Button>
              }
            >
              The search looks at the beginning of the address that was written to.
            </EmptyState>
          ) : (
            <EmptyState
              compact
              icon={IconMessages}
              title="Nothing was sent yet"
              actions={
                can('campaigns.create') && (
                  <LinkButton to="/o/$org/campaigns" params={{ org: slug }}>
                    Go to campaigns
                  </LinkButton>
                )
              }
            >
              Every message to every customer will stand here: when it went out, whether it arrived, and what they did
              with it.
            </EmptyState>
          )
        }
      />
      <MessagePanel id={search.message} onClose={() => change({ message: undefined })} />
    </Page>
  );
}
