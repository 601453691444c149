import { Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { StoredList } from './list-page.tsx';

interface EditListProps {
  readonly list: StoredList;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes what a list is called and what it is for. */
export function EditList({ list, opened, onClose }: EditListProps) {
  return (
    <SidePanel title="Edit list" opened={opened} onClose={onClose}>
      <Content list={list} onClose={onClose} />
    </SidePanel>
  );
}

function Content({ list, onClose }: Omit<EditListProps, 'opened'>) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const change = trpc.segments.save.useMutation();
  const [name, setName] = useState(list.name);
  const [description, setDescription] = useState(list.description);

  async function save(event: FormEvent) {
    event.preventDefault();
    const fields = { name: name.trim(), description: description.trim() };
    try {
      await change.mutateAsync({ orgId, segmentId: list.id, version: list.version, ...fields });
      void utils.segments.invalidate();
      notifyDone('List saved');
      onClose();
    } catch {
      // Shown in the panel.
    }
  }

  return (
    <form onSubmit={save}>
      <Stack>
        <TextInput
          data-autofocus
          label="Name"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="What it is for"
          placeholder="Optional"
          autosize
          minRows={2}
          maxLength={1000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <ErrorNotice error={change.error} />
        <FormActions>
          <ActionButton
            type="submit"
            loading={change.isPending}
            reason={name.trim() === '' ? 'Give the list a name.' : null}
          >
            Save list
          </ActionButton>
        </FormActions>
      </Stack>
    </form>
  );
}
