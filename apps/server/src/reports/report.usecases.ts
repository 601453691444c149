import {
  attributedUntil,
  type BucketUnit,
  bucketUnitFor,
  type CampaignFigures,
  type CampaignId,
  type CampaignRevenue,
  type CampaignState,
  countByBucket,
  type DomainError,
  err,
  type NamedSegment,
  ok,
  type Result,
  type SendAgain,
  type TimeRange,
  timeBuckets,
  type Waterfall,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { linkLabels } from './link-label.ts';
import { type SendAgainReport, sendAgainReport } from './send-again.usecases.ts';
import { thriftyCache } from './thrifty-cache.ts';

const hour = 3_600_000;
/** The time in which nearly all that happens to a message happens. */
const firstDays = 72 * hour;

export const reportSpans = ['first', 'all'] as const;
/** `first` is the first three days by the hour, `all` goes to the last response. */
export type ReportSpan = (typeof reportSpans)[number];

/** A link of the message as it was written (Liquid may stand in it), with its words where it has some. */
export interface ReportLink {
  readonly link: number;
  readonly url: string;
  readonly label: string | null;
  readonly people: number;
  readonly clicks: number;
}

/** People who opened, first clicked and unsubscribed in each stretch of time, by the organization's calendar. */
export interface ReportOverTime {
  readonly unit: BucketUnit;
  readonly buckets: readonly {
    readonly from: number;
    readonly opened: number;
    readonly clicked: number;
    readonly unsubscribed: number;
  }[];
}

export interface CampaignReport {
  readonly id: CampaignId;
  readonly name: string;
  readonly subject: string;
  readonly state: CampaignState;
  readonly launchedAt: Date;
  readonly finishedAt: Date | null;
  /** Everybody who was to get it; null while the audience is still written down. */
  readonly recipients: number | null;
  readonly figures: CampaignFigures;
  readonly revenue: CampaignRevenue;
  /** Until when purchases still count for the last message. */
  readonly revenueUntil: Date | null;
  readonly links: readonly ReportLink[];
  readonly overTime: ReportOverTime;
  readonly waterfall: Waterfall;
  readonly segments: {
    readonly include: 'everyone' | readonly NamedSegment[];
    readonly exclude: readonly NamedSegment[];
  };
  /** Whose message it sent once more; null for a campaign of its own. */
  /** Since when its messages are removed, as the retention says; what was counted of them is kept. */
  readonly removedSince: Date | null;
  readonly again: SendAgain | null;
  readonly sendAgain: SendAgainReport;
}

type Outcome<T> = Promise<Result<T, DomainError>>;

const cached = thriftyCache(() => performance.now());

/**
 * What came of a campaign, counted over its rows of the log at the moment of asking (or, where that is slow, a little
 * before). `campaign_state` for one that was not launched.
 */
export const campaignReport = (
  ctx: OrganizationContext,
  asked: { id: CampaignId; span: ReportSpan },
): Outcome<CampaignReport> => cached(`${ctx.db.orgId}:${asked.id}:${asked.span}`, () => makeReport(ctx, asked));

async function makeReport(
  ctx: OrganizationContext,
  { id, span }: { id: CampaignId; span: ReportSpan },
): Outcome<CampaignReport> {
  const campaign = await ctx.db.campaigns.get(id);
  if (!campaign) return err({ code: 'not_found' });
  const { runId, launchedAt } = campaign;
  const run = runId && (await ctx.db.runs.get(runId));
  if (!run || !launchedAt)
    return err({ code: 'campaign_state', details: { state: campaign.state, command: 'report' } });
  const reports = ctx.db.campaignReports;
  const [figures, links, overTime] = await Promise.all([
    reports.figures(id),
    campaignLinks(ctx, id, run.content),
    responsesOverTime(ctx, id, launchedAt, span),
  ]);
  const { firstAt, lastAt } = figures;
  const { currency } = ctx.organization;
  const revenue =
    figures.sent > 0 && firstAt && lastAt
      ? await reports.revenue(run.id, { firstAt, lastAt }, currency)
      : { currency, amount: 0, orders: 0, buyers: 0, ordersInOtherCurrencies: 0 };
  return ok({
    id,
    name: campaign.name,
    subject: campaign.content.subject,
    state: campaign.state,
    launchedAt,
    finishedAt: campaign.finishedAt,
    recipients: run.planned,
    figures,
    revenue,
    revenueUntil: lastAt && new Date(attributedUntil(lastAt.getTime())),
    links,
    overTime,
    waterfall: run.waterfall,
    segments: run.segments,
    again: campaign.again ?? null,
    sendAgain: await sendAgainReport(ctx, campaign, run, figures),
    removedSince: run.removedSince ?? null,
  });
}

/** All links of a message with their clicks, most people first, those that nobody clicked at the end. */
export async function campaignLinks(
  ctx: OrganizationContext,
  id: CampaignId,
  content: { readonly html: string; readonly links: readonly string[] },
): Promise<ReportLink[]> {
  const clicked = new Map((await ctx.db.campaignReports.links(id)).map((figures) => [figures.link, figures]));
  const labels = linkLabels(content.html);
  return content.links
    .map((url, link) => ({
      link,
      url,
      label: labels.get(link) ?? null,
      people: clicked.get(link)?.people ?? 0,
      clicks: clicked.get(link)?.clicks ?? 0,
    }))
    .sort((a, b) => b.people - a.people || a.link - b.link);
}

async function responsesOverTime(
  ctx: OrganizationContext,
  id: CampaignId,
  launchedAt: Date,
  span: ReportSpan,
): Promise<ReportOverTime> {
  const { timeZone } = ctx.organization;
  const reports = ctx.db.campaignReports;
  const [opened, clicked, unsubscribed] = await Promise.all([
    reports.responses(id, 'opened'),
    reports.responses(id, 'clicked'),
    reports.responses(id, 'unsubscribed'),
  ]);
  const from = launchedAt.getTime();
  const now = ctx.deps.now().getTime();
  const last =
    Math.max(from + 24 * hour, ...[opened, clicked, unsubscribed].map((list) => list.at(-1)?.at ?? 0)) + hour;
  const range: TimeRange = { from, to: Math.min(now, span === 'first' ? from + firstDays : last) };
  const unit = span === 'first' ? 'hour' : bucketUnitFor(range);
  const buckets = timeBuckets(range, unit, timeZone);
  const [opens, clicks, left] = [opened, clicked, unsubscribed].map((list) => countByBucket(buckets, list));
  return {
    unit,
    buckets: buckets.map((bucket, i) => ({
      from: bucket.from,
      opened: opens?.[i] ?? 0,
      clicked: clicks?.[i] ?? 0,
      unsubscribed: left?.[i] ?? 0,
    })),
  };
}
