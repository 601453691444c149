import type { DeliveryReason, DeliveryState } from '@mini-crm/domain';
import type { Tone } from './tone.ts';

/** What became of a message, in a word. */
export const outcomeStates: Record<DeliveryState, { readonly word: string; readonly tone: Tone }> = {
  sent: { word: 'Sent', tone: 'accent' },
  failed: { word: 'Failed', tone: 'danger' },
  skipped: { word: 'Not sent', tone: 'neutral' },
  unknown: { word: 'Uncertain', tone: 'warning' },
};

/** Why somebody got nothing, or perhaps nothing. */
export const outcomeReasons: Record<DeliveryReason, string> = {
  customer_removed: 'Customer was deleted',
  no_address: 'No e-mail address',
  no_consent: 'No consent',
  suppressed: 'Unsubscribed or bounced before',
  frequency_cap: 'Had enough messages from you lately',
  time_passed: 'The time had passed where they live',
  cancelled: 'Campaign was cancelled before their turn',
  campaign_failed: 'Campaign failed before their turn',
  address_invalid: 'Not a valid address',
  address_unknown: 'Address does not exist',
  mailbox_full: 'Mailbox is full',
  message_too_large: 'Message is too large for their server',
  policy_refused: 'Refused by their server’s rules',
  refused: 'Refused by their server',
  retries_exhausted: 'No success after several tries',
  rendering_failed: 'Message could not be made for them',
  interrupted: 'Sending was interrupted: it may or may not have arrived',
  connection_lost: 'Connection was lost: it may or may not have arrived',
};
