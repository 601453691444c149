import {
  attributionDays,
  type CampaignFigures,
  type CampaignId,
  type CampaignRevenue,
  type CountedInstant,
  type DeliveryReason,
  type DeliveryState,
  deliveryStates,
  type MessageResponse,
  noFigures,
  type RunId,
} from '@mini-crm/domain';
import { countIndex, type DeliveryDocument } from '../delivery/delivery.model.ts';
import type { EventDocument } from '../events/event.model.ts';
import type { Bound } from '../organization/bound.ts';
import { countedEveryQuarter, type InstantGroup } from './counted-instants.ts';

/** One link of a message: how many people clicked it, and how often. */
export interface LinkFigures {
  readonly link: number;
  readonly people: number;
  readonly clicks: number;
}

interface FiguresGroup {
  _id: { state: DeliveryState; reason: DeliveryReason | null };
  count: number;
  delivered: number;
  bounced: number;
  complained: number;
  opened: number;
  opens: number;
  clicked: number;
  clicks: number;
  allOpened: number;
  allOpens: number;
  allClicked: number;
  allClicks: number;
  unsubscribed: number;
  firstAt: Date;
  lastAt: Date;
}

// A missing field is less than null and an instant is more.
const isThere = (field: string) => ({ $gt: [`$${field}`, null] });
const having = (field: string) => ({ $sum: { $cond: [isThere(field), 1, 0] } });
// Rows that are older than the counts of machines know only that there was one.
const byMachine = (count: string, at: string) => ({ $ifNull: [`$${count}`, { $cond: [isThere(at), 1, 0] }] });

const sums = [
  'delivered',
  'bounced',
  'complained',
  'opened',
  'opens',
  'clicked',
  'clicks',
  'allOpened',
  'allOpens',
  'allClicked',
  'allClicks',
  'unsubscribed',
] as const satisfies (keyof CampaignFigures & keyof FiguresGroup)[];

/** What came of the campaigns of one organization, counted over the rows of the log itself: it can't disagree with them. */
export function campaignReportRepository(deliveries: Bound<DeliveryDocument>, events: Bound<EventDocument>) {
  return {
    /** All counts of a campaign in one pass over its rows. */
    async figures(campaignId: CampaignId): Promise<CampaignFigures> {
      const groups = await deliveries
        .aggregate<FiguresGroup>([
          { $match: { campaignId } },
          {
            $group: {
              _id: { state: '$state', reason: '$reason' },
              count: { $sum: 1 },
              delivered: having('deliveredAt'),
              bounced: having('bouncedAt'),
              complained: having('complainedAt'),
              opened: having('openedAt'),
              opens: { $sum: '$opens' },
              clicked: having('clickedAt'),
              clicks: { $sum: { $sum: '$clicks.count' } },
              allOpened: { $sum: { $cond: [{ $or: [isThere('openedAt'), isThere('machineOpenedAt')] }, 1, 0] } },
              allOpens: { $sum: { $add: ['$opens', byMachine('machineOpens', 'machineOpenedAt')] } },
              allClicked: { $sum: { $cond: [{ $or: [isThere('clickedAt'), isThere('machineClickedAt')] }, 1, 0] } },
              allClicks: {
                $sum: { $add: [{ $sum: '$clicks.count' }, byMachine('machineClicks', 'machineClickedAt')] },
              },
              unsubscribed: having('unsubscribedAt'),
              firstAt: { $min: '$at' },
              lastAt: { $max: '$at' },
            },
          },
        ])
        .toArray();
      return figuresOf(groups);
    },

    /** How many messages of a campaign bounced for good; from an index alone. */
    bounced: (campaignId: CampaignId): Promise<number> =>
      deliveries.count({ campaignId, bouncedAt: { $gt: new Date(0) } }, { hint: countIndex('bouncedAt') }),

    /** Clicks by the number of the link, most people first. */
    async links(campaignId: CampaignId): Promise<LinkFigures[]> {
      const groups = await deliveries
        .aggregate<{ _id: number; people: number; clicks: number }>([
          { $match: { campaignId, clickedAt: { $exists: true } } },
          { $unwind: '$clicks' },
          { $group: { _id: '$clicks.link', people: { $sum: 1 }, clicks: { $sum: '$clicks.count' } } },
          { $sort: { people: -1, _id: 1 } },
        ])
        .toArray();
      return groups.map(({ _id, people, clicks }) => ({ link: _id, people, clicks }));
    },

    /** When people first opened, first clicked or unsubscribed: how many in each quarter of an hour, in its order. */
    async responses(campaignId: CampaignId, response: MessageResponse): Promise<CountedInstant[]> {
      const field = `${response}At`;
      const groups = await deliveries
        .aggregate<InstantGroup>([
          { $match: { campaignId, [field]: { $exists: true } } },
          countedEveryQuarter(field),
          { $sort: { _id: 1 } },
        ])
        .toArray();
      return groups.map(({ _id, count }) => ({ at: _id.getTime(), count }));
    },

    /**
     * What people who were sent a message bought within `attributionDays` after it, net of refunds. Reads the orders of the
     * days in question and looks up each buyer's row by its id, so the cost follows the orders and not the recipients.
     */
    async revenue(
      runId: RunId,
      sent: { readonly firstAt: Date; readonly lastAt: Date },
      currency: string,
    ): Promise<CampaignRevenue> {
      const span = attributionDays * 86_400_000;
      const groups = await events
        .aggregate<{ _id: boolean; amount: number; orders: number; buyers: number }>([
          {
            $match: {
              type: { $in: ['order', 'refund'] },
              at: { $gte: sent.firstAt, $lt: new Date(sent.lastAt.getTime() + span) },
            },
          },
          {
            $project: {
              type: 1,
              at: 1,
              customerId: 1,
              currency: 1,
              total: 1,
              row: { $concat: [runId, ':', '$customerId'] },
            },
          },
          {
            $lookup: {
              from: 'deliveries',
              localField: 'row',
              foreignField: '_id',
              pipeline: [{ $match: { orgId: deliveries.orgId, state: 'sent' } }, { $project: { at: 1 } }],
              as: 'message',
            },
          },
          { $unwind: '$message' },
          {
            $match: {
              $expr: {
                $and: [{ $gte: ['$at', '$message.at'] }, { $lt: [{ $subtract: ['$at', '$message.at'] }, span] }],
              },
            },
          },
          {
            $group: {
              _id: { ours: { $eq: ['$currency', currency] }, customerId: '$customerId' },
              amount: { $sum: '$total' },
              orders: { $sum: { $cond: [{ $eq: ['$type', 'order'] }, 1, 0] } },
            },
          },
          {
            $group: {
              _id: '$_id.ours',
              amount: { $sum: '$amount' },
              orders: { $sum: '$orders' },
              buyers: { $sum: { $cond: [{ $gt: ['$orders', 0] }, 1, 0] } },
            },
          },
        ])
        .toArray();
      const ours = groups.find(({ _id }) => _id);
      const others = groups.find(({ _id }) => !_id);
      return {
        currency,
        amount: ours?.amount ?? 0,
        orders: ours?.orders ?? 0,
        buyers: ours?.buyers ?? 0,
        ordersInOtherCurrencies: others?.orders ?? 0,
      };
    },
  };
}

function figuresOf(groups: readonly FiguresGroup[]): CampaignFigures {
  const total = { ...noFigures } as { -readonly [K in keyof CampaignFigures]: CampaignFigures[K] };
  for (const group of groups) {
    total[group._id.state] += group.count;
    for (const field of sums) total[field] += group[field];
    if (!total.firstAt || group.firstAt < total.firstAt) total.firstAt = group.firstAt;
    if (!total.lastAt || group.lastAt > total.lastAt) total.lastAt = group.lastAt;
  }
  total.reasons = groups
    .filter(({ _id }) => _id.state !== 'sent')
    .map(({ _id, count }) => ({ state: _id.state, reason: _id.reason, count }))
    .sort((a, b) => deliveryStates.indexOf(a.state) - deliveryStates.indexOf(b.state) || b.count - a.count);
  return total;
}

export type CampaignReportRepository = ReturnType<typeof campaignReportRepository>;
