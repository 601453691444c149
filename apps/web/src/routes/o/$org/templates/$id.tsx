import { idSchema } from '@mini-crm/domain';
import { createFileRoute, notFound } from '@tanstack/react-router';
import { readError } from '../../../../components/read-error.ts';
import { TemplatePage } from '../../../../features/campaigns/templates/template-page.tsx';

export const Route = createFileRoute('/o/$org/templates/$id')({
  params: { parse: ({ id }) => ({ id: parseId(id) }) },
  loader: async ({ context, params }) => {
    try {
      const template = await context.trpc.templates.get.ensureData({ orgId: context.orgId, id: params.id });
      return { crumb: template.name };
    } catch (error) {
      if (readError(error).code === 'not_found') throw notFound();
      throw error;
    }
  },
  component: TemplateRoute,
});

function parseId(id: string) {
  const parsed = idSchema('template').safeParse(id);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function TemplateRoute() {
  return <TemplatePage id={Route.useParams().id} />;
}
