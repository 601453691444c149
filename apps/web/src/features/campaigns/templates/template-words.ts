import type { CampaignFault, CampaignPurpose, TemplateState } from '@mini-crm/domain';
import type { Tone } from '../../../components/tone.ts';
import { faultWords } from '../campaign-words.ts';

export const templateStateWords: Record<TemplateState, { readonly label: string; readonly tone: Tone }> = {
  draft: { label: 'Draft', tone: 'neutral' },
  live: { label: 'Published', tone: 'success' },
  changed: { label: 'Unpublished changes', tone: 'warning' },
  archived: { label: 'Archived', tone: 'neutral' },
};

export const purposeWords: Record<CampaignPurpose, { readonly label: string; readonly text: string }> = {
  service: {
    label: 'Service',
    text: 'What somebody asked for or has to know: a receipt, a password, a shipment. Sent without a consent.',
  },
  marketing: {
    label: 'Marketing',
    text: 'Sent only to customers who allowed it, with a link to unsubscribe.',
  },
};

/** Words for what is wrong with a template. */
export const templateFaultWords = (fault: CampaignFault): string =>
  fault.path[0] === 'sample'
    ? `There is no preview: ${String(fault.details?.message ?? 'the sample data does not fit')}.`
    : faultWords(fault);
