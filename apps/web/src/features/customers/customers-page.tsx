import { Button } from '@mantine/core';
import { IconDownload, IconListCheck, IconTrash } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useIsPhone } from '../../components/use-is-phone.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { AddToList } from './add-to-list.tsx';
import { CreateCustomer } from './create-customer.tsx';
import { customerColumns } from './customer-columns.tsx';
import { customerFilters } from './customer-filters.tsx';
import { customerTitle } from './customer-title.ts';
import { CustomersEmpty, NobodyFound } from './customers-empty.tsx';
import { DeleteCustomers } from './delete-customers.tsx';
import { ListActions } from './list-actions.tsx';
import { type CustomerListSearch, exportHref, filterOf, isFiltered, orderOf } from './list-search.ts';
import { SortMenu } from './sort-menu.tsx';

interface CustomersPageProps {
  readonly search: CustomerListSearch;
  readonly onSearch: (search: CustomerListSearch) => void;
  /** Another way to begin, shown while there is nobody: the demo. */
  readonly otherStart?: ReactNode;
}

const pageSize = 50;

/** Everybody the organization knows: searched, filtered, ordered and paged on the server. */
export function CustomersPage({ search, onSearch, otherStart }: CustomersPageProps) {
  const { orgId, slug, currency, zone, can } = useOrganization();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const [creating, setCreating] = useState(false);
  const [listing, setListing] = useState<readonly string[]>([]);
  const [deleting, setDeleting] = useState<readonly string[]>([]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = filterOf(search);
  const filtered = isFiltered(search);
  const { sort, order } = orderOf(search);
  const list = trpc.customers.list.useInfiniteQuery(
    { orgId, filter, sort, order, limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const count = trpc.customers.count.useQuery({ orgId, filter }, { placeholderData: keepPreviousData });
  const columns = useMemo(() => customerColumns(currency, zone), [currency, zone]);
  const rows = list.data?.pages.flatMap((page) => page.items);
  const nobodyYet = rows?.length === 0 && !filtered && !list.isPlaceholderData;
  // Nobody is deleted who is not on the screen: another search starts without a selection.
  const show = (next: CustomerListSearch) => {
    setSelected(new Set());
    onSearch(next);
  };
  const change = (part: CustomerListSearch) => show({ ...search, ...part });
  const importHref = `/o/${slug}/customers/import`;

  return (
    <Page>
      <PageHeader
        title="Customers"
        count={nobodyYet || count.error ? undefined : count.data ? (count.data.count ?? undefined) : null}
        actions={
          !nobodyYet && (
            <ListActions
              exportHref={exportHref(orgId, filter)}
              filtered={filtered}
              importHref={importHref}
              onCreate={() => setCreating(true)}
            />
          )
        }
      />
      {!nobodyYet && (
        <FilterBar
          search={{
            value: search.q ?? '',
            onChange: (q) => change({ q: q || undefined }),
            placeholder: 'Search name, e-mail, phone or id',
          }}
          filters={customerFilters(search, change)}
          end={phone && <SortMenu sort={sort} order={order} onChange={change} />}
          onClearAll={() => show({ sort: search.sort, dir: search.dir })}
        />
      )}
      <DataTable
        label="Customers"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowLabel={customerTitle}
        onOpen={({ id }) => navigate({ to: '/o/$org/customers/$id', params: { org: slug, id } })}
        sort={{ by: sort, direction: order }}
        onSort={({ by, direction }) => change({ sort: by as typeof sort, dir: direction })}
        selection={
          can('customers.remove')
            ? {
                selected,
                onChange: setSelected,
                actions: (ids) => (
                  <>
                    {can('segments.addMembers') && (
                      <Button
                        size="xs"
                        variant="default"
                        leftSection={<IconListCheck size={14} />}
                        onClick={() => setListing(ids)}
                      >
                        Add to list
                      </Button>
                    )}
                    {can('customers.export') && (
                      <Button
                        component="a"
                        href={exportHref(orgId, { ids })}
                        download
                        size="xs"
                        variant="default"
                        leftSection={<IconDownload size={14} />}
                      >
                        Export selected
                      </Button>
                    )}
                    <Button
                      size="xs"
                      variant="light"
                      color="red"
                      leftSection={<IconTrash size={14} />}
                      onClick={() => setDeleting(ids)}
                    >
                      Delete selected
                    </Button>
                  </>
                ),
              }
            : undefined
        }
        error={list.error}
        onRetry={() => list.refetch()}
        stale={list.isPlaceholderData}
        hasMore={list.hasNextPage}
        onLoadMore={() => list.fetchNextPage()}
        loadingMore={list.isFetchingNextPage}
        empty={
          filtered ? (
            <NobodyFound onClear={() => show({ sort: search.sort, dir: search.dir })} />
          ) : (
            <CustomersEmpty importHref={importHref} onCreate={() => setCreating(true)} otherStart={otherStart} />
          )
        }
      />
      <CreateCustomer opened={creating} onClose={() => setCreating(false)} />
      <AddToList
        ids={listing}
        onClose={() => setListing([])}
        onDone={() => {
          setSelected(new Set());
          setListing([]);
        }}
      />
      <DeleteCustomers
        ids={deleting}
        onClose={() => setDeleting([])}
        onDone={() => {
          setSelected(new Set());
          setDeleting([]);
        }}
      />
    </Page>
  );
}
