import { type CountedInstant, comparedPeriods, countByBucket, type TimeRange, timeBuckets } from '@mini-crm/domain';
import { thriftyCache } from '../reports/thrifty-cache.ts';
import type { OrganizationContext } from '../trpc.ts';

/** The tiles look at so many days, and compare them with as many before. */
export const overviewDays = 30;

/** A number in a period and in the one before, with its days. */
export interface Trend {
  readonly now: number;
  readonly before: number;
  readonly history: readonly number[];
}

/** Days that a group of numbers is about. `recent` ones end now; others where old data ends. */
export interface Period extends TimeRange {
  readonly recent: boolean;
}

export interface Overview {
  readonly customers: { readonly total: number; readonly reachable: number; readonly added: Trend };
  readonly sales: {
    readonly currency: string;
    readonly period: Period;
    readonly revenue: Trend;
    readonly orders: Trend;
    readonly allTime: { readonly revenue: number; readonly orders: number; readonly first: Date; readonly last: Date };
  } | null;
  readonly messages: {
    readonly period: Period;
    readonly sent: Trend;
    /** Of the messages sent in the period, whatever happened to them since. */
    readonly opened: Pick<Trend, 'now' | 'before'>;
    readonly clicked: Pick<Trend, 'now' | 'before'>;
    readonly unsubscribed: Pick<Trend, 'now' | 'before'>;
  } | null;
}

const cached = thriftyCache(() => performance.now());

/** The numbers that matter; sales and messages are null before the first of them. */
export async function overview(ctx: OrganizationContext): Promise<Overview> {
  const keep = <T>(part: string, find: () => Promise<T>) => cached(`${ctx.db.orgId}:${part}`, find);
  const [customers, sales, messages] = await Promise.all([
    keep('customers', () => customersOf(ctx)),
    keep('sales', () => salesOf(ctx)),
    keep('messages', () => messagesOf(ctx)),
  ]);
  return { customers, sales, messages };
}

function periodsOf(ctx: OrganizationContext, lastAt: Date | null) {
  const zone = ctx.organization.timeZone;
  const clock = { now: ctx.deps.now().getTime(), zone, lastAt: lastAt?.getTime() ?? null };
  const { current, previous, recent } = comparedPeriods(clock, overviewDays);
  const days = timeBuckets(current, 'day', zone);
  const whole = { from: previous.from, to: current.to };
  /** What was counted in the period, before it, and on each of its days. */
  const trend = (instants: readonly CountedInstant[]): Trend => ({
    now: sum(countByBucket([current], instants)),
    before: sum(countByBucket([previous], instants)),
    history: countByBucket(days, instants),
  });
  return { whole, period: { ...current, recent }, trend };
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

async function customersOf(ctx: OrganizationContext): Promise<Overview['customers']> {
  const { whole, trend } = periodsOf(ctx, null);
  const [total, reachable, added] = await Promise.all([
    ctx.db.overview.customers(),
    ctx.db.overview.reachable(),
    ctx.db.overview.newCustomers(whole),
  ]);
  return { total, reachable, added: trend(added) };
}

async function salesOf(ctx: OrganizationContext): Promise<Overview['sales']> {
  const span = await ctx.db.overview.orderSpan();
  if (!span) return null;
  const { currency } = ctx.organization;
  const { whole, period, trend } = periodsOf(ctx, span.last);
  const [sold, allTime] = await Promise.all([ctx.db.overview.sales(whole, currency), ctx.db.overview.allTimeSales()]);
  return {
    currency,
    period,
    revenue: trend(sold.map(({ at, amount }) => ({ at, count: amount }))),
    orders: trend(sold.map(({ at, orders }) => ({ at, count: orders }))),
    allTime: { ...allTime, ...span },
  };
}

async function messagesOf(ctx: OrganizationContext): Promise<Overview['messages']> {
  const lastAt = await ctx.db.overview.lastMessageAt();
  if (!lastAt) return null;
  const { whole, period, trend } = periodsOf(ctx, lastAt);
  const found = await ctx.db.overview.messages(whole);
  return {
    period,
    sent: trend(found.map(({ at, sent }) => ({ at, count: sent }))),
    opened: trend(found.map(({ at, opened }) => ({ at, count: opened }))),
    clicked: trend(found.map(({ at, clicked }) => ({ at, count: clicked }))),
    unsubscribed: trend(found.map(({ at, unsubscribed }) => ({ at, count: unsubscribed }))),
  };
}
