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
  readonly bounced: number;
  readonly complained: number;
  readonly opened: number;
  readonly opens: number;
  readonly clicked: number;
  readonly clicks: number;
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
  unsubscribed: 0,
  firstAt: null,
  lastAt: null,
};

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
