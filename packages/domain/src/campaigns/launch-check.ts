import type { Sender } from '../organizations/organization.ts';
import { emailAddressSchema } from '../text/plain-text.ts';
import type { CampaignDraft, CampaignSender } from './campaign.ts';
import { isPassedEverywhere, localTurn } from './schedule.ts';
import type { Waterfall } from './waterfall.ts';

/** What can be wrong with a campaign. An `error` keeps it from going out, a `warning` is said before it does. */
export const campaignFaults = {
  audience_missing: 'error',
  audience_empty: 'error',
  segment_missing: 'error',
  segment_faulty: 'error',
  subject_missing: 'error',
  message_missing: 'error',
  mjml_faulty: 'error',
  template_faulty: 'error',
  tag_misplaced: 'error',
  too_many_links: 'error',
  variable_unknown: 'error',
  unsubscribe_missing: 'error',
  from_name_missing: 'error',
  from_email_missing: 'error',
  from_email_wrong: 'error',
  reply_to_wrong: 'error',
  postal_address_missing: 'error',
  schedule_in_past: 'error',
  postal_address_unshown: 'warning',
  preheader_missing: 'warning',
} as const satisfies Record<string, 'error' | 'warning'>;
export type CampaignFaultCode = keyof typeof campaignFaults;

export interface CampaignFault {
  readonly code: CampaignFaultCode;
  /** Where it is mended, for example `["content", "subject"]`; `["organization", ...]` is in the settings. */
  readonly path: readonly (string | number)[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What the compiler of messages found. */
export interface MessageReport {
  readonly faults: readonly CampaignFault[];
  /** Whether each part, rendered for someone of whom nothing is known, has the link. */
  readonly unsubscribe: { readonly html: boolean; readonly text: boolean };
  readonly showsPostalAddress: boolean;
}

/** What is known of the audience: its counts, or why it can't be counted. */
export type AudienceReport = { readonly waterfall: Waterfall } | { readonly faults: readonly CampaignFault[] };

/** Who a campaign comes from: its own sender, and the organization's where a field of it is empty. */
export function senderOf(own: CampaignSender | null, organization: Sender): Sender {
  return {
    fromName: own?.fromName || organization.fromName,
    fromEmail: own?.fromEmail || organization.fromEmail,
    replyTo: own?.replyTo || organization.replyTo,
    postalAddress: organization.postalAddress,
  };
}

export interface LaunchFacts {
  readonly campaign: Omit<CampaignDraft, 'name' | 'channel'>;
  readonly sender: Sender;
  readonly audience: AudienceReport;
  readonly message: MessageReport;
  /** The zones in which the audience lives, where the schedule asks for them. */
  readonly zones?: readonly string[];
  readonly now: Date;
}

/** Everything that keeps a campaign from going out, or should be known before it does, each with the path of its field. Review shows it and launch refuses by it. */
export function checkLaunch({ campaign, sender, audience, message, zones = [], now }: LaunchFacts): CampaignFault[] {
  return [
    ...audienceFaults(campaign.audience, audience),
    ...contentFaults(campaign, message),
    ...senderFaults(sender, campaign.purpose),
    ...scheduleFaults(campaign.schedule, zones, now),
  ];
}

/** Whether nothing among the faults keeps a campaign from going out. */
export const isLaunchable = (faults: readonly CampaignFault[]): boolean =>
  faults.every((fault) => campaignFaults[fault.code] === 'warning');

function* audienceFaults(audience: CampaignDraft['audience'], report: AudienceReport): Generator<CampaignFault> {
  if (audience.include !== 'everyone' && audience.include.length === 0) {
    yield { code: 'audience_missing', path: ['audience', 'include'] };
  } else if ('faults' in report) yield* report.faults;
  else if (report.waterfall.reachable === 0) yield { code: 'audience_empty', path: ['audience', 'include'] };
}

function* contentFaults(
  { content, purpose }: LaunchFacts['campaign'],
  message: MessageReport,
): Generator<CampaignFault> {
  if (content.subject.trim() === '') yield { code: 'subject_missing', path: ['content', 'subject'] };
  if (content.preheader.trim() === '') yield { code: 'preheader_missing', path: ['content', 'preheader'] };
  if (content.mjml.trim() === '') {
    yield { code: 'message_missing', path: ['content', 'mjml'] };
    return;
  }
  yield* message.faults;
  // What can't be rendered was said above; whether it has the link is known only afterwards.
  if (purpose !== 'marketing' || message.faults.length > 0) return;
  if (!message.unsubscribe.html) yield { code: 'unsubscribe_missing', path: ['content', 'mjml'] };
  else if (!message.unsubscribe.text) yield { code: 'unsubscribe_missing', path: ['content', 'text'] };
  if (!message.showsPostalAddress) yield { code: 'postal_address_unshown', path: ['content', 'mjml'] };
}

const isAddress = (text: string) => emailAddressSchema.safeParse(text).success;

function* senderFaults(sender: Sender, purpose: CampaignDraft['purpose']): Generator<CampaignFault> {
  if (sender.fromName === '') yield { code: 'from_name_missing', path: ['sender', 'fromName'] };
  if (sender.fromEmail === '') yield { code: 'from_email_missing', path: ['sender', 'fromEmail'] };
  else if (!isAddress(sender.fromEmail)) yield { code: 'from_email_wrong', path: ['sender', 'fromEmail'] };
  if (sender.replyTo !== '' && !isAddress(sender.replyTo))
    yield { code: 'reply_to_wrong', path: ['sender', 'replyTo'] };
  if (purpose === 'marketing' && sender.postalAddress.trim() === '') {
    yield { code: 'postal_address_missing', path: ['organization', 'postalAddress'] };
  }
}

function* scheduleFaults(
  schedule: CampaignDraft['schedule'],
  zones: readonly string[],
  now: Date,
): Generator<CampaignFault> {
  const passed = { code: 'schedule_in_past', path: ['schedule', 'at'] } as const;
  if (schedule.type === 'local') {
    const nobodyLeft = zones.length > 0 && zones.every((zone) => localTurn(schedule, zone, now) === null);
    if (isPassedEverywhere(schedule, now) || nobodyLeft) yield passed;
  } else if (schedule.type !== 'now' && schedule.at && schedule.at.getTime() <= now.getTime()) yield passed;
}
