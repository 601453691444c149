import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { labelSchema } from '@mini-crm/domain';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { DeleteFromCatalogue } from './delete-from-catalogue.tsx';

/** What is named: a type of events or a property, by the name that programs send. */
export interface Renamed {
  readonly kind: 'type' | 'property';
  readonly name: string;
  readonly label: string;
  /** Whether every organization has it: it can be named and not deleted. */
  readonly isStandard: boolean;
}

interface RenamePanelProps {
  readonly renamed: Renamed | null;
  readonly onClose: () => void;
}

/** Gives a type or a property the name that people see; programs go on sending their own. */
export function RenamePanel({ renamed, onClose }: RenamePanelProps) {
  const title = renamed?.kind === 'property' ? 'Rename property' : 'Rename event';
  return (
    <SidePanel title={title} opened={renamed !== null} onClose={onClose}>
      {renamed !== null && <RenameForm renamed={renamed} onClose={onClose} />}
    </SidePanel>
  );
}

function RenameForm({ renamed, onClose }: { readonly renamed: Renamed; readonly onClose: () => void }) {
  const { orgId, refusal } = useOrganization();
  const [deleting, setDeleting] = useState(false);
  const utils = trpc.useUtils();
  const form = useForm({
    initialValues: { label: renamed.label },
    validate: (values) => formErrors(labelSchema, values, { label: 'Enter a name of at most 80 characters.' }),
  });
  const saved = {
    onSuccess: async () => {
      notifyDone('Name saved');
      onClose();
      await Promise.all([utils.eventTypes.list.invalidate({ orgId }), utils.segments.fields.invalidate({ orgId })]);
    },
  };
  const labelType = trpc.eventTypes.labelType.useMutation(saved);
  const labelProperty = trpc.eventTypes.labelProperty.useMutation(saved);

  function save(label: string | null) {
    if (renamed.kind === 'type') labelType.mutate({ orgId, type: renamed.name, label });
    else labelProperty.mutate({ orgId, name: renamed.name, label });
  }
  const isPending = labelType.isPending || labelProperty.isPending;

  return (
    <form noValidate onSubmit={form.onSubmit(({ label }) => save(label.trim()))}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description={
            <>
              What segments and timelines call it. Programs go on sending <code>{renamed.name}</code>.
            </>
          }
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('label')}
        />
        <ErrorNotice error={labelType.error ?? labelProperty.error} />
        {!renamed.isStandard && (
          <>
            <ActionButton
              variant="subtle"
              color="red"
              style={{ alignSelf: 'flex-start' }}
              reason={refusal(renamed.kind === 'type' ? 'eventTypes.removeType' : 'eventTypes.removeProperty')}
              onClick={() => setDeleting(true)}
            >
              {renamed.kind === 'type' ? 'Delete event' : 'Delete property'}
            </ActionButton>
            <DeleteFromCatalogue
              deleted={renamed}
              opened={deleting}
              onClose={() => setDeleting(false)}
              onDone={onClose}
            />
          </>
        )}
      </Stack>
      <FormActions>
        <Button variant="subtle" onClick={() => save(null)} disabled={isPending}>
          Use the sent name
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isPending}>
          Save name
        </Button>
      </FormActions>
    </form>
  );
}
