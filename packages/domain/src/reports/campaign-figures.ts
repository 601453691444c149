import type { DeliveryReason, DeliveryState } from '../delivery/delivery.ts';

/** What became of a campaign's messages, counted over the rows of the log; every number is of people, but `opens` and `clicks`. */
export interface CampaignFigures {
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
  readonly reasons: readonly {
    readonly state: DeliveryState;
    readonly reason: DeliveryReason | null;
    readonly count: number;
  }[];
  /** Said by a provider; 0 over plain SMTP, where nobody says so. */
  readonly delivered: number;
  /** For good: the address was refused, or the message came back. */
  readonly bounced: number;
  readonly complained: number;
  readonly opened: number;
  readonly opens: number;
  readonly clicked: number;
  readonly clicks: number;
  /** With machines: mail programs that load pictures by themselves, and scanners that follow links. */
  readonly allOpened: number;
  readonly allOpens: number;
  readonly allClicked: number;
  readonly allClicks: number;
  readonly unsubscribed: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/** A campaign of which no row is written yet. */
export const noFigures: CampaignFigures = {
  sent: 0,
  failed: 0,
  skipped: 0,
  unknown: 0,
  reasons: [],
  delivered: 0,
  bounced: 0,
  complained: 0,
  opened: 0,
  opens: 0,
  clicked: 0,
  clicks: 0,
  allOpened: 0,
  allOpens: 0,
  allClicked: 0,
  allClicks: 0,
  unsubscribed: 0,
  firstAt: null,
  lastAt: null,
};

/** How many people answered a campaign, without machines and with them: what lists show of it. */
export interface ResponseCounts {
  readonly opened: number;
  readonly allOpened: number;
  readonly clicked: number;
  readonly allClicked: number;
  readonly unsubscribed: number;
}

/** A campaign that nobody has answered. */
export const noResponses: ResponseCounts = { opened: 0, allOpened: 0, clicked: 0, allClicked: 0, unsubscribed: 0 };

/** What recipients bought within `attributionDays` after their message, net of refunds, in one currency. */
export interface CampaignRevenue {
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  readonly orders: number;
  readonly buyers: number;
  /** Orders in other currencies, which no sum can hold. */
  readonly ordersInOtherCurrencies: number;
}
