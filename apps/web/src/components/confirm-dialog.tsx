import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNotice } from './error-notice.tsx';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** "Delete segment" */
  readonly title: string;
  /** What will happen and what stays. */
  readonly children: ReactNode;
  /** Verb with its object: "Delete segment". */
  readonly action: string;
  /** What not doing it is called; needed where `Cancel` could be read as the action. */
  readonly keep?: string;
  /** Usually the mutation's `mutateAsync`; the dialog closes when it is done and stays open with the refusal when it is not. */
  readonly onConfirm: () => Promise<unknown>;
  readonly danger?: boolean;
  /** Must be typed before the button works: for what can't be undone and hits many. */
  readonly typeToConfirm?: string;
}

/** Asks before what can't be undone. */
export function ConfirmDialog({ opened, onClose, title, ...content }: ConfirmDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      styles={{ title: { fontWeight: 600, fontSize: '1.0625rem' } }}
    >
      <Content onClose={onClose} {...content} />
    </Modal>
  );
}

type ContentProps = Omit<ConfirmDialogProps, 'opened' | 'title'>;

/** Lives only while the dialog is open, so that it begins anew each time. */
function Content({
  onClose,
  children,
  action,
  keep = 'Cancel',
  onConfirm,
  danger = false,
  typeToConfirm,
}: ContentProps) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm;

  async function confirm(event: FormEvent) {
    event.preventDefault();
    // React's events pass through portals: a form that the dialog was opened from must not be sent too.
    event.stopPropagation();
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={confirm}>
      <Stack gap="md">
        <div>{children}</div>
        {typeToConfirm !== undefined && (
          <TextInput
            data-autofocus
            autoComplete="off"
            label={`Type “${typeToConfirm}” to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <ErrorNotice error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus={typeToConfirm === undefined || undefined}>
            {keep}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready} {...(danger ? { color: 'red' } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
