import { Button, Modal, Radio, Stack, TextInput } from '@mantine/core';
import type { CampaignPurpose } from '@mini-crm/domain';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { FormActions } from '../../../components/form-actions.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { purposeWords } from './template-words.ts';

interface NewTemplateDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks what a new template is called and what it is for. */
export function NewTemplateDialog({ opened, onClose }: NewTemplateDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New template" centered>
      <NewTemplateForm onClose={onClose} />
    </Modal>
  );
}

function NewTemplateForm({ onClose }: { readonly onClose: () => void }) {
  const { orgId, slug } = useOrganization();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState<CampaignPurpose>('service');
  const create = trpc.templates.create.useMutation();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const { id } = await create.mutateAsync({ orgId, name: name.trim(), purpose });
    onClose();
    await navigate({ to: '/o/$org/templates/$id', params: { org: slug, id } });
  }
  return (
    <form onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Order receipt"
          value={name}
          maxLength={120}
          required
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group label="What it is for" value={purpose} onChange={(value) => setPurpose(value as CampaignPurpose)}>
          <Stack gap="sm" mt={8}>
            {(['service', 'marketing'] as const).map((one) => (
              <Radio key={one} value={one} label={purposeWords[one].label} description={purposeWords[one].text} />
            ))}
          </Stack>
        </Radio.Group>
        {create.error && <ErrorNotice error={create.error} />}
        <FormActions>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
            Create template
          </Button>
        </FormActions>
      </Stack>
    </form>
  );
}
