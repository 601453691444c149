import { campaignStateSchema } from '@mini-crm/domain';
import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { CampaignListPage, campaignListInput } from '../../../../features/campaigns/campaign-list-page.tsx';

export const Route = createFileRoute('/o/$org/campaigns/')({
  validateSearch: z.object({
    q: z.string().default('').catch(''),
    state: campaignStateSchema.optional().catch(undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.trpc.campaigns.list.prefetchInfinite(campaignListInput(context.orgId, deps));
  },
  component: CampaignsRoute,
});

function CampaignsRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <CampaignListPage
      search={search}
      onSearch={(change) => navigate({ search: { ...search, ...change }, replace: true })}
    />
  );
}
