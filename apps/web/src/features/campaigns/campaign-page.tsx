import type { CampaignId } from '@mini-crm/domain';
import type { ReactNode } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingPage } from '../../components/loading-page.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { CampaignWizard } from './campaign-wizard.tsx';
import type { Step } from './campaign-words.ts';
import { lastStep } from './last-step.ts';
import { LaunchedPage } from './launched-page.tsx';
import { useCrumbOf } from './use-crumb-of.ts';

export interface CampaignPageProps {
  readonly id: CampaignId;
  /** The step of the address; without one the draft opens where it was left. */
  readonly step: Step | undefined;
  /** The draft was made a moment ago: its name wants to be written. */
  readonly fresh: boolean;
  /** The field that a fault of the review led to. */
  readonly field: string | undefined;
  readonly onStep: (step: Step, field?: string) => void;
  /** The report, once there is something to report. */
  readonly report: ReactNode;
}

/** One campaign: its wizard while it is a draft, what goes on and what came of it afterwards. */
export function CampaignPage({ id, report, step, ...wizard }: CampaignPageProps) {
  const { orgId } = useOrganization();
  const campaign = trpc.campaigns.get.useQuery({ orgId, id });
  useCrumbOf(campaign.data?.name);
  if (campaign.error && !campaign.data) {
    return <ErrorState error={campaign.error} onRetry={() => void campaign.refetch()} />;
  }
  if (!campaign.data) return <LoadingPage />;
  if (campaign.data.state === 'draft') {
    return <CampaignWizard key={id} campaign={campaign.data} {...wizard} step={step ?? lastStep(id) ?? 'audience'} />;
  }
  return <LaunchedPage key={id} campaign={campaign.data} report={report} />;
}
