import { type DeliveryReason, type DeliveryState, deliveryReasons } from './delivery.ts';

/**
 * Who can be sent a message again: `missed` surely did not get it and may get it now; `unsure` may have got it, so that once
 * more may be twice. Everybody else got it, or could not get it another time either.
 */
export const sendAgainKinds = ['missed', 'unsure'] as const;
export type SendAgainKind = (typeof sendAgainKinds)[number];

const table: Readonly<Record<DeliveryReason, SendAgainKind | null>> = {
  customer_removed: null,
  no_address: null,
  no_consent: null,
  suppressed: null,
  frequency_cap: 'missed',
  time_passed: 'missed',
  cancelled: 'missed',
  campaign_failed: 'missed',
  address_invalid: null,
  address_unknown: null,
  mailbox_full: 'missed',
  message_too_large: null,
  policy_refused: 'missed',
  refused: 'missed',
  retries_exhausted: 'missed',
  rendering_failed: 'missed',
  interrupted: 'unsure',
  connection_lost: 'unsure',
};

/** Whether who got nothing for this reason can be sent it again; null where that would be in vain or against their word. */
export const sendAgainKindOf = (state: DeliveryState, reason: DeliveryReason | null): SendAgainKind | null => {
  if (state === 'sent') return null;
  if (state === 'unknown') return 'unsure';
  return reason === null ? null : (table[reason] ?? null);
};

/** The reasons of a kind, for queries. */
export const sendAgainReasons = (kind: SendAgainKind): readonly DeliveryReason[] =>
  deliveryReasons.filter((reason) => table[reason] === kind);
