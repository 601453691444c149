import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { TemplateListPage } from '../../../../features/campaigns/templates/template-list-page.tsx';

export const Route = createFileRoute('/o/$org/templates/')({
  validateSearch: z.object({
    q: z.string().default('').catch(''),
    archived: z.boolean().default(false).catch(false),
  }),
  loader: ({ context }) => {
    void context.trpc.templates.list.prefetch({ orgId: context.orgId });
  },
  component: TemplatesRoute,
});

function TemplatesRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <TemplateListPage
      search={search}
      onSearch={(change) => navigate({ search: { ...search, ...change }, replace: true })}
    />
  );
}
