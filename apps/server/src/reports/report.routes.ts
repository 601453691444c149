import { type CampaignId, idSchema } from '@mini-crm/domain';
import type { FastifyRequest } from 'fastify';
import { refusal } from '../errors.ts';
import { type CsvCell, sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import { messageRows, recipientColumns } from '../messages/message-rows.ts';
import type { OrganizationContext } from '../trpc.ts';
import { campaignLinks } from './report.usecases.ts';

/** The report of a campaign as files: a row for each recipient, and a row for each link. */
export const reportRoutes: Routes = (app, deps) => {
  organizationRoute(
    app,
    deps,
    { method: 'GET', url: '/api/o/:orgId/campaigns/:campaignId/recipients.csv', action: 'reports.exportRecipients' },
    async (ctx, request, reply) => {
      const { campaign, run } = await launched(ctx, request);
      ctx.log.info({ userId: ctx.user.id, campaignId: campaign.id }, 'recipients of a campaign exported');
      return sendCsv(reply, {
        name: `${campaign.name} - recipients.csv`,
        header: recipientColumns,
        rows: messageRows(ctx.db.messageLog.stream({ campaignId: campaign.id }), (row) => run.content.links[row] ?? ''),
      });
    },
  );
  organizationRoute(
    app,
    deps,
    { method: 'GET', url: '/api/o/:orgId/campaigns/:campaignId/links.csv', action: 'reports.exportLinks' },
    async (ctx, request, reply) => {
      const { campaign, run } = await launched(ctx, request);
      const links = await campaignLinks(ctx, campaign.id, run.content);
      return sendCsv(reply, {
        name: `${campaign.name} - links.csv`,
        header: ['link', 'text', 'url', 'people', 'clicks'],
        rows: lines(links.map(({ link, label, url, people, clicks }) => [link + 1, label, url, people, clicks])),
      });
    },
  );
};

async function launched(ctx: OrganizationContext, request: FastifyRequest) {
  const id = idSchema('campaign').safeParse((request.params as { campaignId: string }).campaignId);
  const campaign = id.success ? await ctx.db.campaigns.get(id.data as CampaignId) : null;
  if (!campaign) throw refusal({ code: 'not_found' });
  const run = campaign.runId && (await ctx.db.runs.get(campaign.runId));
  if (!run) throw refusal({ code: 'campaign_state', details: { state: campaign.state, command: 'report' } });
  return { campaign, run };
}

async function* lines(rows: readonly (readonly CsvCell[])[]) {
  yield* rows;
}
