import { Modal, Select, Stack, TextInput } from '@mantine/core';
import type { CustomerId, SegmentId } from '@mini-crm/domain';
import { type FormEvent, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formatCount } from '../../components/format-number.ts';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface AddToListProps {
  /** Whom to put on a list; nobody closes the dialog. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Puts selected customers on a list that is there, or on a new one. */
export function AddToList({ ids, onClose, onDone }: AddToListProps) {
  return (
    <Modal
      opened={ids.length > 0}
      onClose={onClose}
      title={ids.length === 1 ? 'Add customer to a list' : `Add ${formatCount(ids.length)} customers to a list`}
      styles={{ title: { fontWeight: 600, fontSize: '1.0625rem' } }}
    >
      <Content ids={ids} onDone={onDone} />
    </Modal>
  );
}

const newList = 'new';

function Content({ ids, onDone }: Pick<AddToListProps, 'ids' | 'onDone'>) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const segments = trpc.segments.list.useQuery({ orgId });
  const add = trpc.segments.addMembers.useMutation();
  const create = trpc.segments.createList.useMutation();
  const [choice, setChoice] = useState<string | null>(null);
  const [name, setName] = useState('');
  const lists = (segments.data ?? []).filter((one) => one.kind === 'static' && one.filling === null);
  const chosen = choice ?? (segments.data && lists.length === 0 ? newList : null);
  const customerIds = ids as CustomerId[];

  async function save(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    try {
      if (chosen === newList) {
        const { added } = await create.mutateAsync({ orgId, name: name.trim(), description: '', customerIds });
        notifyDone(`“${name.trim()}” created with ${peopleWords(added)}`);
      } else {
        const { added } = await add.mutateAsync({ orgId, segmentId: chosen as SegmentId, customerIds });
        const before = ids.length - added;
        notifyDone(`${peopleWords(added)} added${before > 0 ? `, ${formatCount(before)} were on it already` : ''}`);
      }
      void utils.segments.invalidate();
      onDone();
    } catch {
      // Shown in the dialog.
    }
  }

  const reason =
    chosen === null ? 'Choose a list.' : chosen === newList && name.trim() === '' ? 'Give the list a name.' : null;
  return (
    <form onSubmit={save}>
      <Stack>
        <Select
          label="List"
          placeholder="Choose a list"
          allowDeselect={false}
          searchable
          data={[
            { value: newList, label: 'New list …' },
            ...lists.map((list) => ({ value: list.id as string, label: list.name })),
          ]}
          value={chosen}
          onChange={setChoice}
        />
        {chosen === newList && (
          <TextInput
            label="Name of the new list"
            placeholder="Visitors of the fair"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <ErrorNotice error={add.error ?? create.error} />
        <FormActions>
          <ActionButton type="submit" loading={add.isPending || create.isPending} reason={reason}>
            {chosen === newList ? 'Create list' : 'Add to list'}
          </ActionButton>
        </FormActions>
      </Stack>
    </form>
  );
}

const peopleWords = (count: number) => `${formatCount(count)} ${count === 1 ? 'person' : 'people'}`;
