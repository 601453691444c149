import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Renamed } from './rename-panel.tsx';

interface DeleteFromCatalogueProps {
  readonly deleted: Renamed;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before a type or a property is forgotten, which is how a property gets another type. */
export function DeleteFromCatalogue({ deleted, opened, onClose, onDone }: DeleteFromCatalogueProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const isProperty = deleted.kind === 'property';
  const done = {
    onSuccess: async () => {
      notifyDone(isProperty ? 'Property deleted' : 'Event deleted');
      onDone();
      await Promise.all([utils.eventTypes.list.invalidate({ orgId }), utils.segments.fields.invalidate({ orgId })]);
    },
  };
  const removeType = trpc.eventTypes.removeType.useMutation(done);
  const removeProperty = trpc.eventTypes.removeProperty.useMutation(done);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={isProperty ? 'Delete property' : 'Delete event'}
      action={isProperty ? 'Delete property' : 'Delete event'}
      danger
      onConfirm={() =>
        isProperty
          ? removeProperty.mutateAsync({ orgId, name: deleted.name })
          : removeType.mutateAsync({ orgId, type: deleted.name })
      }
    >
      {isProperty
        ? `Segments can’t ask for “${deleted.label}” any more. Values that are stored stay, but count only for a property of the same type. The next value that comes in gives it a type anew: add the property with the right type before that.`
        : `Segments can’t ask for “${deleted.label}” any more. Events that are stored stay on the profiles, and the next one that comes in brings it back.`}
    </ConfirmDialog>
  );
}
