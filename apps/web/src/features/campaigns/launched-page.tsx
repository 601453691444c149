import type { CampaignState } from '@mini-crm/domain';
import { IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';
import { CampaignBadge } from './campaign-list-page.tsx';
import type { CampaignDetail } from './draft.ts';
import { liquidWords } from './liquid-words.ts';
import { ScheduledView } from './scheduled-view.tsx';
import { SendingView } from './sending-view.tsx';
import { useDuplicate } from './use-duplicate.ts';

interface LaunchedPageProps {
  readonly campaign: CampaignDetail;
  readonly report: ReactNode;
}

/** A campaign after its author let go of it: what it waits for, how far it is, what came of it. */
export function LaunchedPage({ campaign, report }: LaunchedPageProps) {
  const { refusal } = useOrganization();
  const duplicate = useDuplicate();
  const { state, sending } = campaign;
  return (
    <Page>
      <PageHeader
        title={campaign.name}
        beside={<CampaignBadge state={state} />}
        description={liquidWords(campaign.content.subject)}
        actions={
          <ActionButton
            variant="default"
            leftSection={<IconCopy size={16} />}
            reason={refusal('campaigns.duplicate')}
            onClick={() => duplicate(campaign.id)}
          >
            Duplicate campaign
          </ActionButton>
        }
      />
      {sending ? <SendingView campaign={campaign} sending={sending} /> : <ScheduledView campaign={campaign} />}
      {sending && (sending.counts.sent > 0 || isOver(state)) && <div style={{ marginTop: 24 }}>{report}</div>}
    </Page>
  );
}

const isOver = (state: CampaignState) => state === 'sent' || state === 'cancelled' || state === 'failed';
