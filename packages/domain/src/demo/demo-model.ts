import type { AttributeValue } from '../attributes/attribute.ts';
import type { MessageContent } from '../campaigns/campaign.ts';
import type { Waterfall } from '../campaigns/waterfall.ts';
import type { Consents, CustomerFields } from '../customers/customer.ts';
import type { DeliveryReason, DeliveryState } from '../delivery/delivery.ts';
import type { EventProperties, OrderLine } from '../events/event.ts';
import type { Rule } from '../segments/rule.ts';

/** A made-up person. What refers to them names `key`; ids are given when they are stored. */
export interface DemoCustomer {
  readonly key: number;
  readonly fields: CustomerFields;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly consents: Consents;
  readonly createdAt: Date;
}

export interface DemoEvent {
  readonly eventId: string;
  readonly customer: number;
  readonly type: string;
  readonly at: Date;
  readonly currency: string | null;
  readonly total: number | null;
  readonly lines: readonly OrderLine[];
  readonly properties: EventProperties;
}

export const demoSegmentKeys = ['club', 'regulars', 'bigSpenders', 'lapsed'] as const;
export type DemoSegmentKey = (typeof demoSegmentKeys)[number];

export interface DemoSegment {
  readonly key: DemoSegmentKey;
  readonly name: string;
  readonly rule: Rule;
}

export interface DemoDelivery {
  readonly customer: number;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  readonly detail: string | null;
  readonly at: Date;
  readonly openedAt: Date | null;
  readonly opens: number;
  readonly clickedAt: Date | null;
  /** By the address as it stands in the content; which number a link gets is known once the message is compiled. */
  readonly clicks: readonly { readonly href: string; readonly at: Date; readonly count: number }[];
  readonly unsubscribedAt: Date | null;
}

export interface DemoCampaign {
  readonly key: string;
  readonly name: string;
  readonly include: 'everyone' | readonly DemoSegmentKey[];
  readonly content: MessageContent;
  readonly createdAt: Date;
  /** Null for the draft. */
  readonly sending: DemoSending | null;
}

export interface DemoSending {
  readonly launchedAt: Date;
  readonly finishedAt: Date;
  readonly waterfall: Waterfall;
  readonly deliveries: readonly DemoDelivery[];
}

/** The clock and the organization that the demo is made for. */
export interface DemoSetting {
  readonly seed: number;
  /** ms since 1970; nothing that the demo says happened lies later. */
  readonly now: number;
  readonly zone: string;
  readonly currency: string;
}

export interface DemoData {
  readonly customers: readonly DemoCustomer[];
  readonly events: readonly DemoEvent[];
  readonly segments: readonly DemoSegment[];
  readonly campaigns: readonly DemoCampaign[];
}
