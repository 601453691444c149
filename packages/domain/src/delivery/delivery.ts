import type { Channel } from '../customers/customer.ts';
import type { CampaignId, CustomerId, MessageId, RunId, SenderId, TemplateId } from '../ids/id.ts';

/**
 * What became of a message when its group was settled. `sent` is exactly one message handed over, `skipped` and `failed`
 * are none, `unknown` is none or one: the connection or the process died between the hand-over and the answer.
 */
export const deliveryStates = ['sent', 'failed', 'skipped', 'unknown'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why nothing was handed over. */
export const skipReasons = [
  'customer_removed',
  'no_address',
  'no_consent',
  'suppressed',
  'frequency_cap',
  'time_passed',
  'cancelled',
  'campaign_failed',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Why a message was refused for good. */
export const failureReasons = [
  'address_invalid',
  'address_unknown',
  'mailbox_full',
  'message_too_large',
  'policy_refused',
  'refused',
  'retries_exhausted',
  'rendering_failed',
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** Why nobody can say whether a message arrived. */
export const unknownReasons = ['interrupted', 'connection_lost'] as const;
export type UnknownReason = (typeof unknownReasons)[number];

export type DeliveryReason = SkipReason | FailureReason | UnknownReason;
export const deliveryReasons: readonly DeliveryReason[] = [...skipReasons, ...failureReasons, ...unknownReasons];

/** The longest piece of a provider's own words that is kept. */
export const longestDetail = 300;

/** One link of a message that was clicked: its index in the run's links, the first instant and how often. */
export interface DeliveryClick {
  readonly link: number;
  readonly at: Date;
  readonly count: number;
}

/** What all rows of the communication log say: a message to one recipient, and what came back. */
export interface DeliveryFields {
  readonly channel: Channel;
  /** The address as it was written to; "" where there was none. */
  readonly address: string;
  readonly name: string;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  /** The provider's words, shortened. */
  readonly detail: string | null;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly messageId: string | null;
  /** The organization's own sender that it went out by; absent where it went by the installation's. */
  readonly senderId?: SenderId;
  /** When the row was settled. */
  readonly at: Date;
  readonly deliveredAt?: Date;
  /** When it came back for good, or the address was refused; a `softBouncedAt` may pass. */
  readonly bouncedAt?: Date;
  readonly softBouncedAt?: Date;
  readonly complainedAt?: Date;
  readonly openedAt?: Date;
  readonly opens: number;
  readonly clickedAt?: Date;
  readonly clicks: readonly DeliveryClick[];
  /** First open by a prefetcher, first click by a scanner: known agents, not people. */
  readonly machineOpenedAt?: Date;
  readonly machineClickedAt?: Date;
  /** How often machines did; absent in rows that are older than these counts. */
  readonly machineOpens?: number;
  readonly machineClicks?: number;
  readonly unsubscribedAt?: Date;
}

/** The row of a campaign's message: a run has one for each of its recipients. */
export interface CampaignDelivery extends DeliveryFields {
  readonly kind: 'campaign';
  /** `runId:customerId`, see `deliveryId`. */
  readonly id: string;
  readonly runId: RunId;
  readonly campaignId: CampaignId;
  readonly customerId: CustomerId;
  /** The run that sends it again to this person, who did not get it or may not have: there is one at most. */
  readonly againBy?: RunId;
}

/** The row of a message that a program asked for by a template, such as a receipt. */
export interface TransactionalDelivery extends DeliveryFields {
  readonly kind: 'transactional';
  readonly id: MessageId;
  readonly runId: null;
  readonly campaignId: null;
  /** Null where the address is no customer's. */
  readonly customerId: CustomerId | null;
  readonly templateId: TemplateId;
  /** The number of the version that it was made by. */
  readonly templateVersion: number;
}

/** One row of the communication log. */
export type Delivery = CampaignDelivery | TransactionalDelivery;

/** What a row of the log is of. */
export const deliveryKinds = ['campaign', 'transactional'] as const satisfies Delivery['kind'][];
export type DeliveryKind = Delivery['kind'];

/** The id of a run's row for a customer: one run can't have two. */
export const deliveryId = (runId: RunId, customerId: CustomerId): string => `${runId}:${customerId}`;

// Control characters and halves of characters: neither belongs in a line of a log, nor can all of them be stored.
const unprintable = /[\p{Cc}\p{Cs}]+/gu;

/** A provider's words in one line, shortened to what a row keeps; null where there are none. */
export function shortDetail(text: string | null | undefined): string | null {
  const line = (text ?? '').replace(unprintable, ' ').trim();
  if (line === '') return null;
  return line.length <= longestDetail ? line : `${line.slice(0, longestDetail - 1).replace(unprintable, '')}…`;
}
