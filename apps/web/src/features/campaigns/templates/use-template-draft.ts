import { useMemo } from 'react';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { type DraftStore, type SavedDraft, useSavedDraft } from '../use-saved-draft.ts';
import { draftOfTemplate, type TemplateDetail, type TemplateDraftInput } from './template-draft.ts';

/** The draft of a template, saved as one types. What is published goes on going out as it was. */
export function useTemplateDraft(template: TemplateDetail): SavedDraft<TemplateDraftInput> {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const { id } = template;
  const store = useMemo(
    (): DraftStore<TemplateDraftInput> => ({
      async save(version, draft) {
        const saved = await utils.client.templates.save.mutate({ orgId, id, version, draft });
        utils.templates.get.setData({ orgId, id }, (old) => old && ({ ...old, ...draft, ...saved } as TemplateDetail));
        return saved;
      },
      async read() {
        const stored = await utils.templates.get.fetch({ orgId, id }, { staleTime: 0 });
        return { draft: draftOfTemplate(stored), version: stored.version };
      },
    }),
    [orgId, id, utils],
  );
  const seen = useMemo(() => ({ draft: draftOfTemplate(template), version: template.version }), [template]);
  return useSavedDraft(seen, store);
}
