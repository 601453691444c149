import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { SegmentId } from '@mini-crm/domain';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { ListUploadResult } from './list-upload-result.tsx';
import { type ListUpload, uploadNewList } from './upload-list.ts';

/** What a file of people may look like. */
export const listFileHint = 'CSV with a column “email” or “external_id” in its first row';

interface NewListProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a list: of the people of a file, or an empty one to put people on by hand. */
export function NewList({ opened, onClose }: NewListProps) {
  return (
    <SidePanel title="New list" opened={opened} onClose={onClose}>
      <Content />
    </SidePanel>
  );
}

function Content() {
  const { orgId, slug } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const create = trpc.segments.createList.useMutation();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<(ListUpload & { readonly segmentId: SegmentId }) | null>(null);

  const open = (id: SegmentId) => navigate({ to: '/o/$org/segments/$id', params: { org: slug, id } });

  async function save(event: FormEvent) {
    event.preventDefault();
    const fields = { name: name.trim(), description: description.trim() };
    setBusy(true);
    setError(null);
    try {
      if (file) {
        const result = await uploadNewList(orgId, fields, file, {});
        void utils.segments.list.invalidate();
        if (result.refused > 0) setMade(result);
        else await open(result.segmentId);
      } else {
        const { segment } = await create.mutateAsync({ orgId, ...fields, customerIds: [] });
        void utils.segments.list.invalidate();
        await open(segment.id);
      }
      notifyDone('List created');
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  }

  if (made) {
    return (
      <Stack>
        <ListUploadResult result={made} fileName={file?.name ?? 'list.csv'} />
        <FormActions>
          <ActionButton reason={null} onClick={() => open(made.segmentId)}>
            Open list
          </ActionButton>
        </FormActions>
      </Stack>
    );
  }
  return (
    <form onSubmit={save}>
      <Stack>
        <Text c="dimmed">
          The people on a list stay on it until somebody takes them off. A segment with conditions finds its people by
          itself.
        </Text>
        <TextInput
          data-autofocus
          label="Name"
          placeholder="Visitors of the fair"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="What it is for"
          placeholder="Optional"
          autosize
          minRows={1}
          maxLength={1000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <FileDrop
          title={file ? file.name : 'Drop a file of people here, or choose one'}
          hint={file ? 'Choose another file to replace it' : `Optional: ${listFileHint}`}
          accept={{ 'text/csv': ['.csv', '.tsv', '.txt'] }}
          onFile={setFile}
          loading={busy && file !== null}
        />
        <ErrorNotice error={error} />
        <FormActions>
          <ActionButton type="submit" loading={busy} reason={name.trim() === '' ? 'Give the list a name.' : null}>
            {file ? 'Create list from file' : 'Create empty list'}
          </ActionButton>
        </FormActions>
      </Stack>
    </form>
  );
}
