import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';

interface SaveAsProps {
  readonly opened: boolean;
  /** What the new segment is called at first. */
  readonly name: string;
  readonly onClose: () => void;
  readonly onSave: (name: string) => Promise<void>;
}

/** Asks for the name of another segment with these conditions. */
export function SaveAs({ opened, onClose, ...form }: SaveAsProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Save as a new segment">
      <Form {...form} onClose={onClose} />
    </Modal>
  );
}

function Form({ name: proposed, onClose, onSave }: Omit<SaveAsProps, 'opened'>) {
  const [name, setName] = useState(proposed);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '') return;
    setSaving(true);
    try {
      await onSave(name.trim());
    } catch (refused) {
      setError(refused);
      setSaving(false);
    }
  }

  return (
    <form onSubmit={save}>
      <TextInput
        label="Name of the new segment"
        description="The one that you opened stays as it was saved."
        data-autofocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {error !== null && <ErrorNotice error={error} />}
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={saving} disabled={name.trim() === ''}>
          Save new segment
        </Button>
      </FormActions>
    </form>
  );
}
