import { ActionIcon, Menu } from '@mantine/core';
import type { OrganizationId, Segment } from '@mini-crm/domain';
import {
  IconArchive,
  IconArchiveOff,
  IconCamera,
  IconCopy,
  IconDots,
  IconDownload,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { SaveSnapshot } from './save-snapshot.tsx';

interface SegmentActionsProps {
  readonly segment: Pick<Segment, 'id' | 'name' | 'kind'> & {
    readonly isArchived: boolean;
    /** A list that is not whole yet can only be deleted. */
    readonly isUnfinished?: boolean;
  };
  /** Beside the title of its page, among buttons with a line around them. */
  readonly beside?: 'title';
  /** Called when it was deleted. */
  readonly onRemoved?: () => unknown;
}

/** Where a segment's members can be downloaded. */
export const membersHref = (orgId: OrganizationId, id: Segment['id']) => `/api/o/${orgId}/segments/${id}/members.csv`;

const icon = { size: 16, stroke: 1.7 };

/** What can be done with a segment beside editing it. */
export function SegmentActions({ segment, beside, onRemoved }: SegmentActionsProps) {
  const { orgId, slug, can } = useOrganization();
  const { id, name, kind, isArchived, isUnfinished = false } = segment;
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const duplicate = trpc.segments.duplicate.useMutation();
  const archive = trpc.segments.archive.useMutation();
  const unarchive = trpc.segments.unarchive.useMutation();
  // The deletion lasts until its page is left, or its row is gone: see useIsRemoving.
  const remove = trpc.segments.remove.useMutation({
    onSuccess: () => {
      // Out of the lists at once: their rows would ask for the size of what is gone.
      for (const archived of [false, true]) {
        utils.segments.list.setData({ orgId, archived }, (rows) => rows?.filter((row) => row.id !== id));
      }
      return onRemoved ? onRemoved() : utils.segments.list.invalidate();
    },
  });
  const [removing, setRemoving] = useState(false);
  const [saving, setSaving] = useState(false);
  const what = kind === 'static' ? 'list' : 'segment';

  async function copy() {
    try {
      const made = await duplicate.mutateAsync({ orgId, segmentId: id });
      void utils.segments.list.invalidate();
      notifyDone(`“${made.name}” added`);
      await navigate({ to: '/o/$org/segments/$id', params: { org: slug, id: made.id } });
    } catch (error) {
      notifyError(error);
    }
  }

  async function toggleArchived() {
    try {
      await (isArchived ? unarchive : archive).mutateAsync({ orgId, segmentId: id });
      void utils.segments.invalidate();
      notifyDone(isArchived ? `“${name}” is back in the lists` : `“${name}” archived: who uses it still can`);
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            aria-label={`Actions for ${name}`}
            {...(beside === 'title' ? { variant: 'default', size: 34 } : {})}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy {...icon} />}
            disabled={!can('segments.duplicate') || isUnfinished}
            onClick={copy}
          >
            Duplicate {what}
          </Menu.Item>
          {kind === 'dynamic' && (
            <Menu.Item
              leftSection={<IconCamera {...icon} />}
              disabled={!can('segments.snapshot')}
              onClick={() => setSaving(true)}
            >
              Save people as a list
            </Menu.Item>
          )}
          <Menu.Item
            component="a"
            href={membersHref(orgId, id)}
            download
            leftSection={<IconDownload {...icon} />}
            disabled={!can('segments.export') || isUnfinished}
          >
            Export members as CSV
          </Menu.Item>
          <Menu.Item
            leftSection={isArchived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />}
            disabled={!can(isArchived ? 'segments.unarchive' : 'segments.archive')}
            onClick={toggleArchived}
          >
            {isArchived ? `Take ${what} back` : `Archive ${what}`}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash {...icon} />}
            disabled={!can('segments.remove')}
            onClick={() => setRemoving(true)}
          >
            Delete {what}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SaveSnapshot segment={segment} opened={saving} onClose={() => setSaving(false)} />
      <ConfirmDialog
        opened={removing}
        title={`Delete ${what}`}
        action={`Delete ${what}`}
        danger
        onClose={() => setRemoving(false)}
        onConfirm={async () => {
          await remove.mutateAsync({ orgId, segmentId: id });
          void utils.segments.list.invalidate();
          notifyDone(kind === 'static' ? 'List deleted' : 'Segment deleted');
        }}
      >
        “{name}” goes for good. The people in it stay, and so do the reports of campaigns that went to it.
      </ConfirmDialog>
    </>
  );
}
