import { type ImportId, idSchema } from '@mini-crm/domain';
import { createFileRoute, notFound } from '@tanstack/react-router';
import { ImportRunPage } from '../../../../features/imports/import-run-page.tsx';

export const Route = createFileRoute('/o/$org/imports/$importId')({
  loader: async ({ context: { trpc, orgId }, params }) => {
    const importId = idSchema('import').safeParse(params.importId);
    if (!importId.success) throw notFound();
    // The page itself says what is wrong where there is no such import.
    const job = await trpc.imports.get.ensureData({ orgId, importId: importId.data }).catch(() => null);
    return { crumb: job?.fileName ?? 'Import' };
  },
  component: ImportRunRoute,
});

function ImportRunRoute() {
  const { importId } = Route.useParams();
  return <ImportRunPage key={importId} importId={importId as ImportId} />;
}
