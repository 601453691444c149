import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

/** Asks before unsaved changes are left behind; gives the dialog to render. */
export function useLeaveGuard(isDirty: boolean): ReactNode {
  const blocker = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={blocker.status === 'blocked'}
      title="Leave without saving"
      action="Leave without saving"
      danger
      onClose={() => blocker.reset?.()}
      onConfirm={async () => blocker.proceed?.()}
    >
      Your changes to this segment are not saved yet and would be lost.
    </ConfirmDialog>
  );
}
