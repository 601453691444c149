import type { CampaignFault, CampaignFaultCode, CampaignState } from '@mini-crm/domain';
import type { Tone } from '../../components/tone.ts';

export const stateWords: Record<CampaignState, { readonly label: string; readonly tone: Tone }> = {
  draft: { label: 'Draft', tone: 'neutral' },
  scheduled: { label: 'Scheduled', tone: 'accent' },
  sending: { label: 'Sending', tone: 'accent' },
  paused: { label: 'Paused', tone: 'warning' },
  sent: { label: 'Sent', tone: 'success' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'danger' },
};

/** The steps of the wizard. */
export const steps = ['audience', 'content', 'when', 'review'] as const;
export type Step = (typeof steps)[number];

const details = (fault: CampaignFault, name: string): string => String(fault.details?.[name] ?? '');
const line = (fault: CampaignFault) => (typeof fault.details?.line === 'number' ? ` (line ${fault.details.line})` : '');

const faultTable: Record<CampaignFaultCode, string | ((fault: CampaignFault) => string)> = {
  audience_missing: 'Choose who should get this.',
  audience_empty: 'Nobody would get this: choose another audience, or see in the counts why everybody is left out.',
  segment_missing: 'A chosen segment was deleted. Take it out.',
  segment_faulty: (fault) =>
    `The segment “${details(fault, 'name')}” has a condition that no longer works. Mend it or take it out.`,
  subject_missing: 'The subject is empty.',
  message_missing: 'The message is empty.',
  mjml_faulty: (fault) => `The design has a fault${line(fault)}: ${details(fault, 'message')}`,
  template_faulty: (fault) => `A placeholder is broken${line(fault)}: ${details(fault, 'message')}`,
  tag_misplaced: (fault) =>
    `${details(fault, 'tag')}${line(fault)} stands between elements, where it would be lost. Put it into <mj-raw>…</mj-raw>.`,
  too_many_links: (fault) =>
    `The message has ${details(fault, 'count')} different links. At most ${details(fault, 'maximum')} can be followed.`,
  variable_unknown: (fault) => `Nobody has “${details(fault, 'name')}”. Check its spelling.`,
  unsubscribe_missing: (fault) =>
    fault.path[1] === 'text'
      ? 'The plain-text part has no unsubscribe link. Add {{ unsubscribeUrl }}.'
      : 'The message has no unsubscribe link. Marketing mail can’t go out without: link to {{ unsubscribeUrl }}.',
  from_name_missing: 'The From name is empty.',
  from_email_missing: 'The From address is empty.',
  from_email_wrong: 'The From address is not an e-mail address.',
  reply_to_wrong: 'The Reply-To is not an e-mail address.',
  postal_address_missing: 'The organization has no postal address. Marketing mail has to show one.',
  schedule_in_past: 'The chosen time has passed.',
  postal_address_unshown:
    'The message doesn’t show your postal address. Many countries ask for it: add {{ organization.postalAddress }}.',
  preheader_missing: 'The preheader is empty: mail programs will show the beginning of the message instead.',
};

/** What is wrong, in words that say how to mend it. */
export function faultWords(fault: CampaignFault): string {
  const words = faultTable[fault.code];
  return typeof words === 'function' ? words(fault) : words;
}

/** Where a fault is mended: the step of its field, or the settings. */
export function faultStep(fault: CampaignFault): Step | 'settings' {
  switch (fault.path[0]) {
    case 'audience':
      return 'audience';
    case 'content':
    case 'sender':
      return 'content';
    case 'schedule':
      return 'when';
    default:
      return 'settings';
  }
}

const channelFaults: Readonly<Record<string, string>> = {
  unreachable: 'The mail server can’t be reached.',
  throttled: 'The mail server asks to slow down.',
  login_refused: 'The mail server refuses the user name or password.',
  sender_refused: 'The mail server refuses the From address.',
  tls_failed: 'The connection to the mail server can’t be secured.',
  senders_off: 'All senders are switched off.',
};

/** Why messages wait, in words. */
export const channelFaultWords = (fault: string): string =>
  channelFaults[fault] ?? 'The mail server does not take messages.';
