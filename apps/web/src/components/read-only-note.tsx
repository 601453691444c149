import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface ReadOnlyNoteProps {
  /** Who may do it: `organization.refusal('segments.save')`; nothing is shown where that is null. */
  readonly reason: string | null;
  /** What the reader can do all the same. */
  readonly children?: ReactNode;
}

/** Says above a form why it can't be saved by this reader. */
export function ReadOnlyNote({ reason, children }: ReadOnlyNoteProps) {
  if (reason === null) return null;
  return (
    <Alert color="gray" mb="md" icon={<IconLock size={18} stroke={1.7} />}>
      {reason} {children}
    </Alert>
  );
}
