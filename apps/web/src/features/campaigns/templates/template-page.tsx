import { Stack } from '@mantine/core';
import type { TemplateId } from '@mini-crm/domain';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingPage } from '../../../components/loading-page.tsx';
import { Page } from '../../../components/page.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { SenderSection } from '../sender-section.tsx';
import { SubjectSection } from '../subject-section.tsx';
import { ApiSection } from './api-section.tsx';
import { SettingsSection } from './settings-section.tsx';
import type { TemplateDetail } from './template-draft.ts';
import { TemplateHeader } from './template-header.tsx';
import { TemplateMessageSection } from './template-message-section.tsx';
import { useTemplateDraft } from './use-template-draft.ts';
import { useTemplatePreview } from './use-template-preview.ts';

/** A template in its editor. */
export function TemplatePage({ id }: { readonly id: TemplateId }) {
  const { orgId } = useOrganization();
  const template = trpc.templates.get.useQuery({ orgId, id });
  if (template.error && !template.data) return <ErrorState error={template.error} onRetry={() => template.refetch()} />;
  if (!template.data) return <LoadingPage />;
  return <Editor key={id} template={template.data} />;
}

function Editor({ template }: { readonly template: TemplateDetail }) {
  const { refusal } = useOrganization();
  const edited = useTemplateDraft(template);
  const preview = useTemplatePreview(edited.draft);
  const { draft, onChange } = edited;
  const readOnly = refusal('templates.save') !== null;
  return (
    <Page>
      <TemplateHeader template={template} edited={edited} preview={preview} />
      <fieldset disabled={readOnly} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Stack gap="md">
          <SettingsSection draft={draft} onChange={onChange} published={template.published !== null} />
          <SenderSection draft={draft} onChange={onChange} thing="template" />
          <SubjectSection draft={draft} onChange={onChange} />
          <TemplateMessageSection draft={draft} onChange={onChange} preview={preview} />
        </Stack>
      </fieldset>
      <Stack gap="md" mt="md">
        <ApiSection draft={draft} fields={preview.data?.fields ?? []} />
      </Stack>
    </Page>
  );
}
