import { Button } from '@mantine/core';
import { type CampaignPurpose, campaignFaults } from '@mini-crm/domain';
import { keepPreviousData } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Page } from '../../components/page.tsx';
import { sendingRuleSentences } from '../../components/sending-rules-words.ts';
import { Wizard, type WizardStep } from '../../components/wizard.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { AudienceStep } from './audience-step.tsx';
import type { CampaignPageProps } from './campaign-page.tsx';
import { faultStep, type Step, steps } from './campaign-words.ts';
import { ContentStep } from './content-step.tsx';
import type { CampaignDetail, Draft } from './draft.ts';
import { rememberStep } from './last-step.ts';
import { LaunchButton } from './launch-button.tsx';
import { liquidWords } from './liquid-words.ts';
import { people } from './people.ts';
import { ReviewStep } from './review-step.tsx';
import { useDraft } from './use-draft.ts';
import { useFieldFocus } from './use-field-focus.ts';
import { useReview } from './use-review.ts';
import { type Reach, WaterfallPanel } from './waterfall-panel.tsx';
import { WhenStep } from './when-step.tsx';
import { whenWords } from './when-words.ts';
import { WizardHeader } from './wizard-header.tsx';

interface CampaignWizardProps extends Pick<CampaignPageProps, 'fresh' | 'field' | 'onStep'> {
  readonly step: Step;
  readonly campaign: CampaignDetail;
}

const labels: Record<Step, string> = { audience: 'Audience', content: 'Content', when: 'When', review: 'Review' };

/** The way from an idea to a launch; every answer is saved as it is given. */
export function CampaignWizard({ campaign, step, fresh, field, onStep }: CampaignWizardProps) {
  const { refusal, zone } = useOrganization();
  const edited = useDraft(campaign);
  const { draft, onChange } = edited;
  const reach = useReach(draft.audience, draft.purpose);
  const review = useReview(campaign.id, edited, step === 'review');
  const readOnly = refusal('campaigns.save') !== null;
  const index = steps.indexOf(step);
  const next = steps[index + 1];
  const before = steps[index - 1];
  useFieldFocus(field);
  useEffect(() => rememberStep(campaign.id, step), [campaign.id, step]);
  const rules = useRules(draft.purpose);
  const panel = <WaterfallPanel audience={draft.audience} reach={reach} rules={rules} />;

  const content: Record<Step, () => ReactNode> = {
    audience: () => <AudienceStep draft={draft} onChange={onChange} />,
    content: () => <ContentStep draft={draft} onChange={onChange} />,
    when: () => <WhenStep draft={draft} onChange={onChange} />,
    review: () => <ReviewStep draft={draft} review={review} names={campaign.audienceNames} onStep={onStep} />,
  };

  return (
    <Page>
      <WizardHeader campaign={campaign} edited={edited} fresh={fresh} />
      <Wizard
        label="Steps of the campaign"
        steps={wizardSteps(draft, reach.data, review.data, zone)}
        current={step}
        onStep={(to) => onStep(to)}
        aside={step === 'content' ? undefined : panel}
        footer={
          <>
            {before ? (
              <Button variant="default" onClick={() => onStep(before)}>
                Back to {labels[before].toLowerCase()}
              </Button>
            ) : (
              <span />
            )}
            {next && <Button onClick={() => onStep(next)}>Continue to {labels[next].toLowerCase()}</Button>}
            {step === 'review' && <LaunchButton campaign={campaign} draft={draft} review={review} />}
          </>
        }
      >
        <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          {content[step]()}
        </fieldset>
      </Wizard>
    </Page>
  );
}

const isChosen = ({ include }: Draft['audience']): boolean => include === 'everyone' || include.length > 0;

/** What the organization's own rules do to a campaign of this purpose. */
function useRules(purpose: CampaignPurpose): readonly string[] {
  const { orgId } = useOrganization();
  const { data } = trpc.organization.get.useQuery({ orgId });
  return data && purpose === 'marketing' ? sendingRuleSentences(data.sending) : [];
}

/** Who would get it now, counted on the server whenever the audience changes. */
function useReach(audience: Draft['audience'], purpose: CampaignPurpose): Reach {
  const { orgId } = useOrganization();
  return trpc.campaigns.waterfall.useQuery(
    { orgId, audience, purpose },
    { enabled: isChosen(audience), placeholderData: keepPreviousData, staleTime: 5_000 },
  );
}

function wizardSteps(
  draft: Draft,
  reach: Reach['data'],
  review: ReturnType<typeof useReview>['data'],
  zone: string,
): readonly WizardStep<Step>[] {
  const faulty = new Set(
    review?.faults.filter(({ code }) => campaignFaults[code] === 'error').map((fault) => faultStep(fault)),
  );
  const done: Record<Step, boolean> = {
    audience: isChosen(draft.audience),
    content: draft.content.subject.trim() !== '' && draft.content.mjml.trim() !== '',
    when: true,
    review: false,
  };
  const reachable = reach && 'waterfall' in reach ? reach.waterfall.reachable : null;
  const answers: Record<Step, ReactNode> = {
    audience: !done.audience ? 'Nobody yet' : reachable === null ? '…' : people(reachable),
    content: liquidWords(draft.content.subject) || 'No subject yet',
    when: whenWords(draft.schedule, zone),
    review: undefined,
  };
  return steps.map((id) => ({
    id,
    label: labels[id],
    state: faulty.has(id) ? 'fault' : done[id] ? 'done' : 'open',
    ...(answers[id] === undefined ? {} : { answer: answers[id] }),
  }));
}
