import { ActionIcon, Menu } from '@mantine/core';
import type { OrganizationId, SegmentId } from '@mini-crm/domain';
import { IconCopy, IconDots, IconDownload, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface SegmentActionsProps {
  readonly segment: { readonly id: SegmentId; readonly name: string };
  /** Called when it was deleted. */
  readonly onRemoved?: () => void;
}

/** Where a segment's members can be downloaded. */
export const membersHref = (orgId: OrganizationId, id: SegmentId) => `/api/o/${orgId}/segments/${id}/members.csv`;

/** What can be done with a segment beside editing it. */
export function SegmentActions({ segment, onRemoved }: SegmentActionsProps) {
  const { orgId, slug, can } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const duplicate = trpc.segments.duplicate.useMutation();
  const remove = trpc.segments.remove.useMutation();
  const [removing, setRemoving] = useState(false);

  async function copy() {
    try {
      const { id, name } = await duplicate.mutateAsync({ orgId, segmentId: segment.id });
      void utils.segments.list.invalidate({ orgId });
      notifyDone(`“${name}” added`);
      await navigate({ to: '/o/$org/segments/$id', params: { org: slug, id } });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${segment.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy size={16} stroke={1.7} />}
            disabled={!can('segments.duplicate')}
            onClick={copy}
          >
            Duplicate segment
          </Menu.Item>
          <Menu.Item
            component="a"
            href={membersHref(orgId, segment.id)}
            download
            leftSection={<IconDownload size={16} stroke={1.7} />}
            disabled={!can('segments.export')}
          >
            Export members as CSV
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} stroke={1.7} />}
            disabled={!can('segments.remove')}
            onClick={() => setRemoving(true)}
          >
            Delete segment
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={removing}
        title="Delete segment"
        action="Delete segment"
        danger
        onClose={() => setRemoving(false)}
        onConfirm={async () => {
          await remove.mutateAsync({ orgId, segmentId: segment.id });
          void utils.segments.list.invalidate({ orgId });
          notifyDone('Segment deleted');
          onRemoved?.();
        }}
      >
        “{segment.name}” goes for good. The people in it stay, and so do the reports of campaigns that went to it.
      </ConfirmDialog>
    </>
  );
}
