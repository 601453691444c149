import { idSchema } from '@mini-crm/domain';
import { createFileRoute, notFound } from '@tanstack/react-router';
import { z } from 'zod';
import { readError } from '../../../../components/read-error.ts';
import { CampaignPage } from '../../../../features/campaigns/campaign-page.tsx';
import { steps } from '../../../../features/campaigns/campaign-words.ts';
import { CampaignReport } from '../../../../features/reports/campaign-report.tsx';

export const Route = createFileRoute('/o/$org/campaigns/$id')({
  params: { parse: ({ id }) => ({ id: parseId(id) }) },
  validateSearch: z.object({
    step: z.enum(steps).optional().catch(undefined),
    field: z.string().optional().catch(undefined),
    fresh: z.boolean().optional().catch(undefined),
  }),
  loader: async ({ context, params }) => {
    try {
      const campaign = await context.trpc.campaigns.get.ensureData({ orgId: context.orgId, id: params.id });
      return { crumb: campaign.name };
    } catch (error) {
      if (readError(error).code === 'not_found') throw notFound();
      throw error;
    }
  },
  component: CampaignRoute,
});

function parseId(id: string) {
  const parsed = idSchema('campaign').safeParse(id);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function CampaignRoute() {
  const { id } = Route.useParams();
  const { step, field, fresh } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <CampaignPage
      id={id}
      step={step}
      field={field}
      fresh={fresh ?? false}
      onStep={(to, at) => navigate({ search: { step: to, ...(at ? { field: at } : {}) } })}
      report={<CampaignReport id={id} />}
    />
  );
}
