import { idSchema } from '@mini-crm/domain';
import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { NewCampaignPage } from '../../../../features/campaigns/new-campaign-page.tsx';

export const Route = createFileRoute('/o/$org/campaigns/new')({
  staticData: { crumb: 'New campaign' },
  validateSearch: z.object({ segment: idSchema('segment').optional().catch(undefined) }),
  component: NewCampaignRoute,
});

function NewCampaignRoute() {
  return <NewCampaignPage segment={Route.useSearch().segment} />;
}
