import { Button } from '@mantine/core';
import { IconDownload, IconFileImport, IconPlus, IconTrash } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { LinkButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { CreateCustomer } from './create-customer.tsx';
import { customerColumns } from './customer-columns.tsx';
import { customerFilters } from './customer-filters.tsx';
import { customerTitle } from './customer-title.ts';
import { CustomersEmpty, NobodyFound } from './customers-empty.tsx';
import { DeleteCustomers } from './delete-customers.tsx';
import { type CustomerListSearch, exportHref, filterOf, isFiltered, orderOf } from './list-search.ts';

interface CustomersPageProps {
  readonly search: CustomerListSearch;
  readonly onSearch: (search: CustomerListSearch) => void;
  /** Another way to begin, shown while there is nobody: the demo. */
  readonly otherStart?: ReactNode;
}

const pageSize = 50;

/** Everybody the organization knows: searched, filtered, ordered and paged on the server. */
export function CustomersPage({ search, onSearch, otherStart }: CustomersPageProps) {
  const { orgId, slug, currency, refusal, can } = useOrganization();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<readonly string[]>([]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = filterOf(search);
  const filtered = isFiltered(search);
  const order = orderOf(search);
  const list = trpc.customers.list.useInfiniteQuery(
    { orgId, filter, ...order, limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const count = trpc.customers.count.useQuery({ orgId, filter }, { placeholderData: keepPreviousData });
  const rows = list.data?.pages.flatMap((page) => page.items);
  const nobodyYet = rows?.length === 0 && !filtered && !list.isPlaceholderData;
  const change = (part: CustomerListSearch) => onSearch({ ...search, ...part });
  const importHref = `/o/${slug}/customers/import`;

  return (
    <Page>
      <PageHeader
        title="Customers"
        count={nobodyYet || count.error ? undefined : count.data ? (count.data.count ?? undefined) : null}
        actions={
          !nobodyYet && (
            <>
              <ExportButton href={exportHref(orgId, filter)} filtered={filtered} reason={refusal('customers.export')} />
              {can('imports.start') && (
                <LinkButton to={importHref} variant="default" leftSection={<IconFileImport size={16} stroke={1.7} />}>
                  Import
                </LinkButton>
              )}
              <ActionButton
                reason={refusal('customers.create')}
                leftSection={<IconPlus size={16} stroke={1.7} />}
                onClick={() => setCreating(true)}
              >
                New customer
              </ActionButton>
            </>
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
          onClearAll={() => onSearch({ sort: search.sort, dir: search.dir })}
        />
      )}
      <DataTable
        label="Customers"
        columns={customerColumns(currency)}
        rows={rows}
        rowId={({ id }) => id}
        rowLabel={customerTitle}
        onOpen={({ id }) => navigate({ to: '/o/$org/customers/$id', params: { org: slug, id } })}
        sort={{ by: order.sort, direction: order.direction }}
        onSort={({ by, direction }) => change({ sort: by as typeof order.sort, dir: direction })}
        selection={
          can('customers.remove')
            ? {
                selected,
                onChange: setSelected,
                actions: (ids) => (
                  <>
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
            <NobodyFound onClear={() => onSearch({ sort: search.sort, dir: search.dir })} />
          ) : (
            <CustomersEmpty importHref={importHref} onCreate={() => setCreating(true)} otherStart={otherStart} />
          )
        }
      />
      <CreateCustomer opened={creating} onClose={() => setCreating(false)} />
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

interface ExportButtonProps {
  readonly href: string;
  readonly filtered: boolean;
  readonly reason: string | null;
}

function ExportButton({ href, filtered, reason }: ExportButtonProps) {
  const icon = <IconDownload size={16} stroke={1.7} />;
  if (reason) {
    return (
      <ActionButton reason={reason} variant="default" leftSection={icon}>
        Export CSV
      </ActionButton>
    );
  }
  return (
    <Button component="a" href={href} download variant="default" leftSection={icon}>
      {filtered ? 'Export these' : 'Export CSV'}
    </Button>
  );
}
