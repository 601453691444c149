import type {
  CampaignFigures,
  CampaignId,
  CampaignRevenue,
  CountedInstant,
  MessageResponse,
  RunId,
} from '@mini-crm/domain';
import { messageResponses } from '@mini-crm/domain';
import type { RunDocument } from '../campaigns/run.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { CampaignReportRepository, LinkFigures } from './campaign-report.repository.ts';

/** What a report has counted, kept with the run before its rows are removed: the report says the same for ever. */
export interface RunSummary {
  readonly keptAt: Date;
  readonly figures: CampaignFigures;
  readonly links: readonly LinkFigures[];
  readonly responses: Readonly<Record<MessageResponse, readonly CountedInstant[]>>;
  readonly revenue: CampaignRevenue | null;
}

/**
 * The reports of one organization, of the rows while they are there and of what was kept of them afterwards. A campaign has one
 * run, so what is kept of the run is all that there is.
 */
export function keptReports(live: CampaignReportRepository, runs: Bound<RunDocument>) {
  async function kept<K extends keyof RunSummary>(campaignId: CampaignId, part: K): Promise<RunSummary[K] | null> {
    const where = { campaignId, 'summary.keptAt': { $exists: true } } as object;
    const run = await runs.findOne(where, { projection: { [`summary.${part}`]: 1 } });
    return run?.summary?.[part] ?? null;
  }

  return {
    ...live,
    figures: async (campaignId: CampaignId): Promise<CampaignFigures> =>
      (await kept(campaignId, 'figures')) ?? live.figures(campaignId),
    links: async (campaignId: CampaignId): Promise<LinkFigures[]> => [
      ...((await kept(campaignId, 'links')) ?? (await live.links(campaignId))),
    ],
    async responses(campaignId: CampaignId, response: MessageResponse): Promise<CountedInstant[]> {
      const all = await kept(campaignId, 'responses');
      return all ? [...all[response]] : live.responses(campaignId, response);
    },
    async revenue(
      runId: RunId,
      sent: { readonly firstAt: Date; readonly lastAt: Date },
      currency: string,
    ): Promise<CampaignRevenue> {
      const run = await runs.get(runId, { projection: { 'summary.revenue': 1 } });
      return run?.summary?.revenue ?? live.revenue(runId, sent, currency);
    },

    /** Counts all that a report shows of a run and keeps it; what was kept before stays. */
    async keep(runId: RunId, campaignId: CampaignId, currency: string, now: Date): Promise<void> {
      const known = await runs.get(runId, { projection: { 'summary.keptAt': 1 } });
      if (!known || known.summary) return;
      const figures = await live.figures(campaignId);
      const { firstAt, lastAt, sent, failed, skipped, unknown } = figures;
      const [links, lists, revenue] = await Promise.all([
        live.links(campaignId),
        Promise.all(messageResponses.map(async (one) => [one, await live.responses(campaignId, one)] as const)),
        sent > 0 && firstAt && lastAt ? live.revenue(runId, { firstAt, lastAt }, currency) : null,
      ]);
      const responses = Object.fromEntries(lists) as unknown as RunSummary['responses'];
      const { opened, allOpened, clicked, allClicked, unsubscribed } = figures;
      await runs.updateOne({ _id: runId, summary: { $exists: false } } as object, {
        $set: {
          summary: { keptAt: now, figures, links, responses, revenue },
          totals: { sent, failed, skipped, unknown },
          responses: { opened, allOpened, clicked, allClicked, unsubscribed, countedAt: now, tookMs: 0 },
        },
      });
    },
  };
}

export type KeptReports = ReturnType<typeof keptReports>;
