import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Instant } from '../../components/instant.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { AddSuppression } from './add-suppression.tsx';
import { reasonWords, scopeWords } from './suppression-words.ts';
import classes from './suppressions.module.css';

type Entry = Outputs['suppressions']['list']['items'][number];

interface SuppressionsPageProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

/** Addresses that get nothing, whatever a segment says. */
export function SuppressionsPage({ search, onSearch }: SuppressionsPageProps) {
  const { orgId, can, refusal } = useOrganization();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Entry | null>(null);
  const utils = trpc.useUtils();
  const list = trpc.suppressions.list.useInfiniteQuery(
    { orgId, search },
    { getNextPageParam: (page) => page.nextCursor, initialCursor: null, placeholderData: keepPreviousData },
  );
  const remove = trpc.suppressions.remove.useMutation({ onSuccess: () => utils.suppressions.invalidate() });
  const actions: Column<Entry>[] = can('suppressions.remove')
    ? [{ id: 'remove', header: '', align: 'right', card: 'aside', cell: (entry) => removeButton(entry, setRemoving) }]
    : [];
  return (
    <>
      <div className={classes.bar}>
        <p>Nobody on this list is written to, even when a file brings them back.</p>
        <ActionButton reason={refusal('suppressions.add')} onClick={() => setAdding(true)}>
          Suppress address
        </ActionButton>
      </div>
      <FilterBar search={{ value: search, onChange: onSearch, placeholder: 'Search by address' }} />
      <DataTable
        label="Suppressed addresses"
        columns={[...columns, ...actions]}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowId={({ id }) => id}
        rowLabel={({ address }) => address}
        error={list.error}
        onRetry={() => list.refetch()}
        stale={list.isPlaceholderData}
        hasMore={list.hasNextPage}
        onLoadMore={() => list.fetchNextPage()}
        loadingMore={list.isFetchingNextPage}
        empty={
          <EmptyState compact icon={IconMailOff} title={search ? 'No such address' : 'No address is suppressed'}>
            {search
              ? 'No suppressed address begins like this.'
              : 'Who unsubscribes comes onto this list by themselves.'}
          </EmptyState>
        }
      />
      <AddSuppression opened={adding} onClose={() => setAdding(false)} />
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title="Remove from the list"
        action="Remove address"
        danger
        onConfirm={async () => {
          if (!removing) return;
          await remove.mutateAsync({ orgId, id: removing.id as never });
          notifyDone(`${removing.address} is no longer suppressed`);
        }}
      >
        Messages may go to <strong>{removing?.address}</strong> again. A consent that was withdrawn stays withdrawn:
        record a new one in the customer's profile.
      </ConfirmDialog>
    </>
  );
}

const columns: readonly Column<Entry>[] = [
  { id: 'address', header: 'Address', card: 'title', cell: ({ address }) => address },
  {
    id: 'reason',
    header: 'Reason',
    cell: ({ reason, campaignName, detail }) => (
      <>
        <span title={campaignName ? `From “${campaignName}”` : undefined}>{reasonWords[reason]}</span>
        {detail && <span className={classes.detail}>{detail}</span>}
      </>
    ),
  },
  { id: 'scope', header: 'Stops', cell: ({ scope }) => scopeWords[scope].label },
  { id: 'at', header: 'Since', cell: ({ at }) => <Instant value={at} /> },
];

const removeButton = (entry: Entry, onRemove: (entry: Entry) => void) => (
  <Button
    size="compact-sm"
    variant="subtle"
    color="gray"
    aria-label={`Remove ${entry.address}`}
    onClick={() => onRemove(entry)}
  >
    Remove
  </Button>
);
