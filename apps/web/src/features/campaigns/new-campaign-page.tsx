import type { SegmentId } from '@mini-crm/domain';
import { IconSend } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LinkButton } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading-page.tsx';
import { Page } from '../../components/page.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

/** Makes a draft and goes on in its wizard; with a segment, for the people in it. */
export function NewCampaignPage({ segment }: { readonly segment: SegmentId | undefined }) {
  const { orgId, slug, refusal } = useOrganization();
  const reason = refusal('campaigns.create');
  const navigate = useNavigate();
  const create = trpc.campaigns.create.useMutation();
  const begun = useRef(false);
  const begin = () =>
    create.mutate(
      {
        orgId,
        name: 'Untitled campaign',
        ...(segment ? { audience: { include: [segment], exclude: [] } } : {}),
      },
      {
        onSuccess: ({ id }) =>
          navigate({
            to: '/o/$org/campaigns/$id',
            params: { org: slug, id },
            search: { step: 'audience', fresh: true },
            replace: true,
          }),
      },
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a visit, also where effects run twice
  useEffect(() => {
    if (begun.current || reason !== null) return;
    begun.current = true;
    begin();
  }, []);
  if (reason !== null) {
    return (
      <Page>
        <EmptyState
          icon={IconSend}
          title="You can’t make campaigns here"
          actions={
            <LinkButton to="/o/$org/campaigns" params={{ org: slug }} variant="default">
              Show campaigns
            </LinkButton>
          }
        >
          {reason}
        </EmptyState>
      </Page>
    );
  }
  if (create.error) return <ErrorState error={create.error} onRetry={begin} />;
  return <LoadingPage />;
}
