import { type CountedInstant, channels, type TimeRange } from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import { type DeliveryDocument, ofCampaigns } from '../delivery/delivery.model.ts';
import type { EventDocument } from '../events/event.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import { countedEveryQuarter, type InstantGroup, quarterOf } from './counted-instants.ts';

/** What was sold in a quarter of an hour; the amount is net of refunds, in minor units of one currency. */
export interface SoldInstant {
  readonly at: number;
  readonly orders: number;
  readonly amount: number;
}

/** What was sent in a quarter of an hour, and how many of these messages were opened, clicked and answered by leaving since. */
export interface SentInstant {
  readonly at: number;
  readonly sent: number;
  readonly opened: number;
  readonly clicked: number;
  readonly unsubscribed: number;
}

const within = ({ from, to }: TimeRange) => ({ $gte: new Date(from), $lt: new Date(to) });
const money = ['order', 'refund'];

/** The numbers of the home page. Each reads one index from end to end at most, the long ones without touching a document. */
export function overviewRepository(collections: {
  readonly customers: Bound<CustomerDocument>;
  readonly events: Bound<EventDocument>;
  readonly deliveries: Bound<DeliveryDocument>;
  readonly suppressions: Bound<SuppressionDocument>;
}) {
  const { customers, events, deliveries, suppressions } = collections;
  return {
    customers: () => customers.count({}),

    /** Customers that came in a range, by the quarter of an hour. */
    async newCustomers(range: TimeRange): Promise<CountedInstant[]> {
      const groups = await customers
        .aggregate<InstantGroup>([{ $match: { createdAt: within(range) } }, countedEveryQuarter('createdAt')])
        .toArray();
      return groups.map(({ _id, count }) => ({ at: _id.getTime(), count }));
    },

    /** Customers with an address who allowed e-mail and are not suppressed: who a marketing message to everybody would reach. */
    async reachable(): Promise<number> {
      const allowed = { 'consents.email.state': 'granted', 'folded.email': { $type: 'string' } } as const;
      const [all, suppressed] = await Promise.all([
        customers.count(allowed as object),
        suppressions
          .aggregate<{ count: number }>([
            { $match: { channel: 'email' } },
            { $group: { _id: '$address' } },
            {
              $lookup: {
                from: 'customers',
                localField: '_id',
                foreignField: 'folded.email',
                pipeline: [
                  // That it is text says that the partial index of addresses will do.
                  {
                    $match: {
                      orgId: customers.orgId,
                      'folded.email': { $type: 'string' },
                      'consents.email.state': 'granted',
                    },
                  },
                  { $project: { _id: 1 } },
                ],
                as: 'customer',
              },
            },
            { $match: { 'customer.0': { $exists: true } } },
            { $count: 'count' },
          ])
          .toArray(),
      ]);
      return all - (suppressed[0]?.count ?? 0);
    },

    /** The first and the last order of all; null where there is none. */
    async orderSpan(): Promise<{ first: Date; last: Date } | null> {
      const end = (direction: 1 | -1) =>
        events.findOne({ type: 'order' }, { sort: { type: direction, at: direction }, projection: { _id: 0, at: 1 } });
      const [first, last] = await Promise.all([end(1), end(-1)]);
      return first && last ? { first: first.at, last: last.at } : null;
    },

    /** Orders and revenue in a range, by the quarter of an hour, in one currency. */
    async sales(range: TimeRange, currency: string): Promise<SoldInstant[]> {
      const groups = await events
        .aggregate<{ _id: Date; orders: number; amount: number }>([
          { $match: { type: { $in: money }, at: within(range), currency } },
          { $project: { _id: 0, type: 1, at: 1, total: 1 } },
          {
            $group: {
              _id: quarterOf('at'),
              orders: { $sum: { $cond: [{ $eq: ['$type', 'order'] }, 1, 0] } },
              amount: { $sum: '$total' },
            },
          },
        ])
        .toArray();
      return groups.map(({ _id, orders, amount }) => ({ at: _id.getTime(), orders, amount }));
    },

    /** Orders and revenue of all time, from the customers' roll-ups, which are in the organization's currency. */
    async allTimeSales(): Promise<{ orders: number; revenue: number }> {
      const sum = async (field: 'orderCount' | 'revenue') => {
        const [total] = await customers
          .aggregate<{ sum: number }>([
            { $match: { [`rollups.${field}`]: { $ne: 0 } } },
            { $project: { _id: 0, [`rollups.${field}`]: 1 } },
            { $group: { _id: null, sum: { $sum: `$rollups.${field}` } } },
          ])
          .toArray();
        return total?.sum ?? 0;
      };
      const [orders, revenue] = await Promise.all([sum('orderCount'), sum('revenue')]);
      return { orders, revenue };
    },

    /** Messages sent in a range, by the quarter of an hour. */
    async messages(range: TimeRange): Promise<SentInstant[]> {
      const having = (field: string) => ({ $sum: { $cond: [{ $gt: [`$${field}`, null] }, 1, 0] } });
      const groups = await deliveries
        .aggregate<Omit<SentInstant, 'at'> & { _id: Date }>([
          { $match: { state: 'sent', at: within(range), ...ofCampaigns } },
          {
            $group: {
              _id: quarterOf('at'),
              sent: { $sum: 1 },
              opened: having('openedAt'),
              clicked: having('clickedAt'),
              unsubscribed: having('unsubscribedAt'),
            },
          },
        ])
        .toArray();
      return groups.map(({ _id, ...counts }) => ({ at: _id.getTime(), ...counts }));
    },

    /** When the last message was sent; null before the first. */
    async lastMessageAt(): Promise<Date | null> {
      const last = await deliveries.findOne(
        { state: 'sent', channel: { $in: [...channels] } },
        { sort: { at: -1 }, projection: { _id: 0, at: 1 } },
      );
      return last?.at ?? null;
    },
  };
}

export type OverviewRepository = ReturnType<typeof overviewRepository>;
