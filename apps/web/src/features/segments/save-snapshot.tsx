import { Modal, Stack, Text, TextInput } from '@mantine/core';
import type { Segment } from '@mini-crm/domain';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formatDay } from '../../components/format-instant.ts';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface SaveSnapshotProps {
  readonly segment: Pick<Segment, 'id' | 'name'>;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Keeps who is in a segment now as a list. */
export function SaveSnapshot({ opened, onClose, segment }: SaveSnapshotProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Save people as a list"
      styles={{ title: { fontWeight: 600, fontSize: '1.0625rem' } }}
    >
      <Content segment={segment} onClose={onClose} />
    </Modal>
  );
}

function Content({ segment, onClose }: Omit<SaveSnapshotProps, 'opened'>) {
  const { orgId, slug, zone } = useOrganization();
  const now = useNow();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const snapshot = trpc.segments.snapshot.useMutation();
  const [name, setName] = useState(`${segment.name.slice(0, 100)}, ${formatDay(now, { zone })}`);

  async function save(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    try {
      const fields = { name: name.trim(), description: '' };
      const made = await snapshot.mutateAsync({ orgId, segmentId: segment.id, ...fields });
      void utils.segments.list.invalidate();
      onClose();
      await navigate({ to: '/o/$org/segments/$id', params: { org: slug, id: made.id } });
    } catch {
      // Shown in the dialog.
    }
  }

  return (
    <form onSubmit={save}>
      <Stack>
        <Text c="dimmed">
          Everybody who is in “{segment.name}” at this moment is put on a list that stays as it is, whatever they do
          later.
        </Text>
        <TextInput
          data-autofocus
          label="Name of the list"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ErrorNotice error={snapshot.error} />
        <FormActions>
          <ActionButton
            type="submit"
            loading={snapshot.isPending}
            reason={name.trim() === '' ? 'Give the list a name.' : null}
          >
            Save list
          </ActionButton>
        </FormActions>
      </Stack>
    </form>
  );
}
