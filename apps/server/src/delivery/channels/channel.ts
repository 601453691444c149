import type { CampaignId, CustomerId, OrganizationId, Outcome } from '@mini-crm/domain';

/** A message as it goes out, rendered for its recipient. No field may hold a line break but `html` and `text`. */
export interface ChannelMessage {
  /** Message-ID without its brackets; the same message always has the same. */
  readonly id: string;
  readonly orgId: OrganizationId;
  readonly campaignId: CampaignId | null;
  readonly customerId: CustomerId | null;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The same bodies as quoted-printable, where they are at hand: no channel need encode them then. */
  readonly encoded?: { readonly html: string; readonly text: string } | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a channel can do; the engine asks nothing else about it. */
export interface ChannelCapabilities {
  /** Messages that one call of `send` takes at most. */
  readonly batchSize: number;
  /** Whether the same message again, by its id, is no second message. Only then may a hand-over be repeated. */
  readonly idempotent: boolean;
  /** What it tells after the hand-over, hours later: nothing, for plain SMTP. */
  readonly reports: readonly ('delivered' | 'bounced' | 'complained')[];
}

/**
 * A way out for messages. `send` answers for each message of the batch, in its order, and does not throw for what is a
 * message's or the provider's fault.
 */
export interface DeliveryChannel {
  readonly name: string;
  readonly capabilities: ChannelCapabilities;
  send(batch: readonly ChannelMessage[]): Promise<readonly Outcome[]>;
  close(): Promise<void>;
}
