import type { Inputs, Outputs } from '../../../trpc.ts';

/** A template as the server answers it. */
export type TemplateDetail = Outputs['templates']['get'];

/** Everything of a template that its author edits. */
export type TemplateDraftInput = Inputs['templates']['save']['draft'];

/** The editable part of a template. */
export function draftOfTemplate(template: TemplateDetail): TemplateDraftInput {
  const { name, slug, purpose, tracked, content, sender, sample } = template;
  return { name, slug, purpose, tracked, content, sender, sample: sample as Record<string, unknown> };
}

/** What a part of the editor gets: the draft, and how to change a part of it. */
export interface TemplateDraftProps {
  readonly draft: TemplateDraftInput;
  readonly onChange: (change: Partial<TemplateDraftInput>) => void;
}
