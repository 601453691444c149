import { Button, Stack } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import classes from './api-keys.module.css';
import { apiScopeWords } from './api-scope-words.ts';
import { FirstEvent } from './first-event.tsx';
import { NewApiKey } from './new-api-key.tsx';
import { RevokeApiKey } from './revoke-api-key.tsx';

type ApiKey = Outputs['apiKeys']['list'][number];

/** The keys by which programs send data in, and how they do that. */
export function ApiKeysPage() {
  const { orgId, refusal, can } = useOrganization();
  const mayManage = can('apiKeys.list');
  const list = trpc.apiKeys.list.useQuery({ orgId }, { enabled: mayManage });
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const create = (
    <ActionButton
      reason={refusal('apiKeys.create')}
      leftSection={<IconPlus size={16} stroke={1.7} />}
      onClick={() => setCreating(true)}
    >
      New API key
    </ActionButton>
  );
  const columns: readonly Column<ApiKey>[] = [
    {
      id: 'name',
      header: 'Key',
      card: 'title',
      cell: ({ name, prefix }) => (
        <span>
          <span className={classes.name}>{name}</span>
          <code className={classes.prefix}>{prefix}…</code>
        </span>
      ),
    },
    {
      id: 'scopes',
      header: 'May',
      cell: ({ scopes }) => scopes.map((scope) => apiScopeWords[scope].name).join(', '),
    },
    {
      id: 'lastUsedAt',
      header: 'Last used',
      cell: ({ lastUsedAt }) => <Instant value={lastUsedAt} none="Never" />,
    },
    {
      id: 'createdAt',
      header: 'Created',
      cell: ({ createdAt, createdBy }) => (
        <span>
          <Instant value={createdAt} /> by {createdBy}
        </span>
      ),
    },
    {
      id: 'revoke',
      header: '',
      align: 'right',
      card: 'aside',
      cell: (key) => (
        <Button size="xs" variant="default" aria-label={`Revoke ${key.name}`} onClick={() => setRevoking(key)}>
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <Stack gap="md">
      <ReadOnlyNote reason={refusal('apiKeys.list')}>Ask one of them for a key.</ReadOnlyNote>
      {mayManage && (
        <Section
          flush
          title="API keys"
          description="A program with a key sends customers, orders and events into this organization."
          actions={list.data?.length === 0 ? undefined : create}
        >
          <DataTable
            label="API keys"
            columns={columns}
            rows={list.data}
            rowId={({ id }) => id}
            rowLabel={({ name }) => name}
            error={list.error}
            onRetry={() => list.refetch()}
            empty={
              <EmptyState compact icon={IconKey} title="No API keys yet" actions={create}>
                Your shop or site sends what customers do, as it happens, and segments count it at once.
              </EmptyState>
            }
          />
        </Section>
      )}
      <FirstEvent />
      <NewApiKey opened={creating} onClose={() => setCreating(false)} />
      <RevokeApiKey apiKey={revoking} onClose={() => setRevoking(null)} />
    </Stack>
  );
}
