import { ActionIcon, Button, Menu } from '@mantine/core';
import { templateState } from '@mini-crm/domain';
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconRocket, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../../components/action-button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { notifyDone, notifyError } from '../../../components/notify.ts';
import { ReadOnlyNote } from '../../../components/read-only-note.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { NameField, SaveNote } from '../name-field.tsx';
import type { SavedDraft } from '../use-saved-draft.ts';
import classes from '../wizard-header.module.css';
import { TemplateBadge } from './template-badge.tsx';
import type { TemplateDetail, TemplateDraftInput } from './template-draft.ts';
import type { TemplatePreviewState } from './use-template-preview.ts';

interface TemplateHeaderProps {
  readonly template: TemplateDetail;
  readonly edited: SavedDraft<TemplateDraftInput>;
  readonly preview: TemplatePreviewState;
}

/** The name, what goes out now, and the button that makes the draft go out. */
export function TemplateHeader({ template, edited, preview }: TemplateHeaderProps) {
  const { orgId, slug, refusal } = useOrganization();
  const { id, archivedAt, published } = template;
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const [deleting, setDeleting] = useState(false);
  const options = { onSuccess: () => utils.templates.invalidate(), onError: notifyError };
  const publish = trpc.templates.publish.useMutation(options);
  const archive = trpc.templates.archive.useMutation(options);
  const unarchive = trpc.templates.unarchive.useMutation(options);
  const remove = trpc.templates.remove.useMutation();
  const duplicate = trpc.templates.duplicate.useMutation({ onError: notifyError });
  const readOnly = refusal('templates.save');
  const unsaved = edited.state !== 'saved';
  const state = templateState({ ...stampsOf(template), version: template.version + (unsaved ? 1 : 0) });
  const notReady = preview.data && !preview.data.publishable ? 'Fix what is listed beside the message first.' : null;
  const nothingNew = state === 'live' ? `Version ${published?.number} is what goes out.` : null;

  async function publishNow() {
    const version = await edited.flush();
    const { number } = await publish.mutateAsync({ orgId, id, version });
    notifyDone(`Version ${number} goes out from now on`);
  }
  async function duplicateNow() {
    const copy = await duplicate.mutateAsync({ orgId, id });
    await navigate({ to: '/o/$org/templates/$id', params: { org: slug, id: copy.id } });
  }
  async function confirmRemove() {
    await remove.mutateAsync({ orgId, id });
    await navigate({ to: '/o/$org/templates', params: { org: slug } });
    notifyDone('Template deleted');
    void utils.templates.list.invalidate();
  }

  return (
    <>
      <header className={classes.header}>
        <NameField
          label="Name of the template"
          name={edited.draft.name}
          onChange={(name) => edited.onChange({ name })}
          fresh={false}
          readOnly={readOnly !== null}
        />
        <TemplateBadge state={state} />
        <SaveNote state={edited.state} readOnly={readOnly !== null} />
        {!archivedAt && (
          <ActionButton
            leftSection={<IconRocket size={16} />}
            reason={refusal('templates.publish') ?? nothingNew ?? notReady}
            loading={publish.isPending}
            onClick={() => void publishNow().catch(() => undefined)}
          >
            {published ? 'Publish changes' : 'Publish template'}
          </ActionButton>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={34} aria-label="More actions">
              <IconDots size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconCopy size={16} />}
              disabled={refusal('templates.duplicate') !== null}
              onClick={() => void duplicateNow().catch(() => undefined)}
            >
              Duplicate template
            </Menu.Item>
            {published && !archivedAt && (
              <Menu.Item
                leftSection={<IconArchive size={16} />}
                disabled={refusal('templates.archive') !== null}
                onClick={() => archive.mutate({ orgId, id })}
              >
                Archive template
              </Menu.Item>
            )}
            {archivedAt && (
              <Menu.Item
                leftSection={<IconArchiveOff size={16} />}
                disabled={refusal('templates.unarchive') !== null}
                onClick={() => unarchive.mutate({ orgId, id })}
              >
                Take back from the archive
              </Menu.Item>
            )}
            {!published && (
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} />}
                disabled={refusal('templates.remove') !== null}
                onClick={() => setDeleting(true)}
              >
                Delete draft
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </header>
      <ReadOnlyNote reason={readOnly}>You can look at the template.</ReadOnlyNote>
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
        “{edited.draft.name}” and its message will be gone. Nothing was ever sent by it.
      </ConfirmDialog>
    </>
  );
}

/** What the state of a template is read from, with instants as dates. */
function stampsOf({ id, version, published, archivedAt, createdBy, createdAt, updatedAt }: TemplateDetail) {
  return {
    ...{ id, version, createdBy, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) },
    published: published && { ...published, at: new Date(published.at) },
    archivedAt: archivedAt === null ? null : new Date(archivedAt),
  };
}
