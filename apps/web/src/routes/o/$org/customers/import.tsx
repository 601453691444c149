import { createFileRoute } from '@tanstack/react-router';
import { ImportPage } from '../../../../features/imports/import-page.tsx';
import { importSearchSchema } from '../../../../features/imports/import-search.ts';

export const Route = createFileRoute('/o/$org/customers/import')({
  staticData: { crumb: 'Import' },
  validateSearch: importSearchSchema,
  loader: ({ context: { trpc, orgId } }) => {
    void trpc.imports.limits.prefetch({ orgId });
    void trpc.attributes.list.prefetch({ orgId });
  },
  component: ImportRoute,
});

function ImportRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <ImportPage search={search} onSearch={(next) => navigate({ search: next })} />;
}
