import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { CampaignBadge } from './campaign-list-page.tsx';
import type { CampaignDetail } from './draft.ts';
import { NameField, SaveNote } from './name-field.tsx';
import type { EditedDraft } from './use-draft.ts';
import { useDuplicate } from './use-duplicate.ts';
import classes from './wizard-header.module.css';

interface WizardHeaderProps {
  readonly campaign: CampaignDetail;
  readonly edited: EditedDraft;
  readonly fresh: boolean;
}

/** The name, which is edited in place, and whether everything is saved. */
export function WizardHeader({ campaign, edited, fresh }: WizardHeaderProps) {
  const { orgId, slug, refusal } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const [deleting, setDeleting] = useState(false);
  const remove = trpc.campaigns.remove.useMutation();
  const duplicate = useDuplicate();
  const readOnly = refusal('campaigns.save');

  async function confirmRemove() {
    await remove.mutateAsync({ orgId, id: campaign.id });
    await navigate({ to: '/o/$org/campaigns', params: { org: slug } });
    notifyDone('Draft deleted');
    void utils.campaigns.list.invalidate();
  }

  return (
    <>
      <header className={classes.header}>
        <NameField
          label="Name of the campaign"
          name={edited.draft.name}
          onChange={(name) => edited.onChange({ name })}
          fresh={fresh}
          readOnly={readOnly !== null}
        />
        <CampaignBadge state="draft" />
        <SaveNote state={edited.state} readOnly={readOnly !== null} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={34} aria-label="More actions">
              <IconDots size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconCopy size={16} />}
              disabled={refusal('campaigns.duplicate') !== null}
              onClick={() => duplicate(campaign.id)}
            >
              Duplicate campaign
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              disabled={refusal('campaigns.remove') !== null}
              onClick={() => setDeleting(true)}
            >
              Delete draft
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      <ReadOnlyNote reason={readOnly}>You can look at the draft.</ReadOnlyNote>
      {(edited.state === 'stale' || edited.state === 'failed') && (
        <div className={classes.problem}>
          <ErrorNotice error={edited.error} />
          <Button
            variant="default"
            size="xs"
            onClick={() => void (edited.state === 'stale' ? edited.reload() : edited.flush().catch(() => undefined))}
          >
            {edited.state === 'stale' ? 'Load the other version' : 'Try to save again'}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={deleting}
        onClose={() => setDeleting(false)}
        title="Delete draft"
        action="Delete draft"
        danger
        onConfirm={confirmRemove}
      >
        “{edited.draft.name}” and its message will be gone. Nobody has got anything yet, and nobody will.
      </ConfirmDialog>
    </>
  );
}
