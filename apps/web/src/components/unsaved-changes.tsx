import { useBlocker } from '@tanstack/react-router';
import { ConfirmDialog } from './confirm-dialog.tsx';

/** Asks before a page with unsaved changes is left; the browser asks in its own words when the tab is closed. */
export function UnsavedChanges({ when }: { readonly when: boolean }) {
  const blocker = useBlocker({ shouldBlockFn: () => when, enableBeforeUnload: () => when, withResolver: true });
  return (
    <ConfirmDialog
      opened={blocker.status === 'blocked'}
      danger
      title="Leave without saving"
      action="Discard changes"
      onClose={() => blocker.reset?.()}
      onConfirm={async () => blocker.proceed?.()}
    >
      What you changed on this page has not been saved and is lost when you leave.
    </ConfirmDialog>
  );
}
