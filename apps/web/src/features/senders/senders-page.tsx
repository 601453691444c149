import { Stack } from '@mantine/core';
import { IconPlus, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingPage } from '../../components/loading-page.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Section } from '../../components/section.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { RemoveSender } from './remove-sender.tsx';
import { SenderForm } from './sender-form.tsx';
import type { Sender } from './sender-form-values.ts';
import { SenderList } from './sender-list.tsx';

/** The ways out of the organization's messages, in the order in which they are tried. */
export function SendersPage() {
  const { orgId, refusal, can } = useOrganization();
  const mayManage = can('senders.list');
  const list = trpc.senders.list.useQuery({ orgId }, { enabled: mayManage });
  const organization = trpc.organization.get.useQuery({ orgId });
  const [editing, setEditing] = useState<Sender | 'new' | null>(null);
  const [removing, setRemoving] = useState<Sender | null>(null);
  const close = () => setEditing(null);
  const add = (
    <ActionButton
      reason={refusal('senders.create')}
      leftSection={<IconPlus size={16} stroke={1.7} />}
      onClick={() => setEditing('new')}
    >
      Add sender
    </ActionButton>
  );
  const without =
    list.data?.installation === 'smtp'
      ? 'Messages go out by the mail server of this installation. With a sender of your own they go by that, and by no other way.'
      : 'Messages stay in the outbox of this app and reach nobody. Add a mail server, or a program that sends for you.';
  return (
    <Stack gap="md">
      <ReadOnlyNote reason={refusal('senders.list')}>They say how messages go out.</ReadOnlyNote>
      {mayManage && list.error && !list.data && (
        <ErrorState error={list.error} onRetry={() => list.refetch()} compact />
      )}
      {mayManage && list.isPending && <LoadingPage />}
      {list.data && (
        <Section
          flush
          title="Senders"
          description="Messages go by the first that is in order. When it takes none, the next one does, and nobody gets a message twice."
          actions={list.data.senders.length === 0 ? undefined : add}
        >
          {list.data.senders.length === 0 ? (
            <EmptyState compact icon={IconSend} title="No senders yet" actions={add}>
              {without}
            </EmptyState>
          ) : (
            <SenderList senders={list.data.senders} onEdit={setEditing} onRemove={setRemoving} />
          )}
        </Section>
      )}
      <SidePanel
        title={editing === 'new' ? 'New sender' : 'Sender'}
        opened={editing !== null}
        onClose={close}
        size={560}
      >
        {editing !== null && (
          <SenderForm
            sender={editing === 'new' ? null : editing}
            fromEmail={organization.data?.sender.fromEmail ?? ''}
            onClose={close}
          />
        )}
      </SidePanel>
      <RemoveSender sender={removing} onClose={() => setRemoving(null)} />
    </Stack>
  );
}
