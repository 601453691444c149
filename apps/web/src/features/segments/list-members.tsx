import { Button } from '@mantine/core';
import type { CustomerId, SegmentId } from '@mini-crm/domain';
import { IconUserMinus, IconUsers } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatCount } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import classes from './list-page.module.css';
import { useIsRemoving } from './use-is-removing.ts';

type Member = Outputs['segments']['members']['items'][number];

/** What a person is called: by name, else by whatever says who they are. */
const titleOf = ({ firstName, lastName, email, externalId, phone }: Member): string =>
  [firstName, lastName].filter(Boolean).join(' ') || email || externalId || phone || 'Customer without a name';

const columns: readonly Column<Member>[] = [
  {
    id: 'name',
    header: 'Customer',
    card: 'title',
    cell: (member) => (
      <span className={classes.person}>
        <bdi>{titleOf(member)}</bdi>
        {member.email && member.email !== titleOf(member) && <span className={classes.quiet}>{member.email}</span>}
      </span>
    ),
  },
  { id: 'externalId', header: 'ID', optional: true, width: 160, cell: ({ externalId }) => externalId ?? '–' },
  { id: 'addedAt', header: 'On the list since', width: 170, cell: ({ addedAt }) => <Instant value={addedAt} /> },
];

interface ListMembersProps {
  readonly listId: SegmentId;
  readonly onUpload: () => void;
}

/** The people on a list, a page at a time; selected ones can be taken off. */
export function ListMembers({ listId, onUpload }: ListMembersProps) {
  const { orgId, slug, can } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const remove = trpc.segments.removeMembers.useMutation();
  const members = trpc.segments.members.useInfiniteQuery(
    { orgId, segmentId: listId, limit: 50 },
    { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData, enabled: !useIsRemoving() },
  );

  async function takeOff(ids: readonly string[]) {
    try {
      const { removed } = await remove.mutateAsync({ orgId, segmentId: listId, customerIds: ids as CustomerId[] });
      setSelected(new Set());
      await utils.segments.invalidate();
      notifyDone(removed === 1 ? 'One person taken off the list' : `${formatCount(removed)} people taken off the list`);
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <DataTable
      label="People on the list"
      columns={columns}
      rows={members.data?.pages.flatMap((page) => page.items)}
      rowId={({ id }) => id}
      rowLabel={titleOf}
      onOpen={({ id }) => navigate({ to: '/o/$org/customers/$id', params: { org: slug, id } })}
      selection={
        can('segments.removeMembers')
          ? {
              selected,
              onChange: setSelected,
              actions: (ids) => (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconUserMinus size={14} />}
                  loading={remove.isPending}
                  onClick={() => takeOff(ids)}
                >
                  Take off the list
                </Button>
              ),
            }
          : undefined
      }
      error={members.error}
      onRetry={() => members.refetch()}
      hasMore={members.hasNextPage}
      onLoadMore={() => members.fetchNextPage()}
      loadingMore={members.isFetchingNextPage}
      empty={
        <EmptyState
          compact
          icon={IconUsers}
          title="Nobody is on this list yet"
          actions={
            can('segments.uploadMembers') && (
              <Button variant="default" onClick={onUpload}>
                Add people from a file
              </Button>
            )
          }
        >
          Select people among the customers and add them to this list, or add those of a file.
        </EmptyState>
      }
    />
  );
}
