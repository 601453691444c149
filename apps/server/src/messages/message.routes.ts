import type { OrganizationDatabase } from '@mini-crm/db';
import { type CampaignId, messageFilterSchema, type RunId } from '@mini-crm/domain';
import { refusal } from '../errors.ts';
import { sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import { recipientCells, recipientColumns } from './message-rows.ts';

/** `GET /api/o/:orgId/messages.csv` with the filters of the log as its query. */
export const messageRoutes: Routes = (app, deps) => {
  const route = { method: 'GET', url: '/api/o/:orgId/messages.csv', action: 'messages.export' } as const;
  organizationRoute(app, deps, route, async (ctx, request, reply) => {
    const { link, ...query } = request.query as Record<string, string>;
    const filter = messageFilterSchema.safeParse({ ...query, ...(link === undefined ? {} : { link: Number(link) }) });
    if (!filter.success) throw refusal({ code: 'invalid_input', path: ['filter'] });
    ctx.log.info({ userId: ctx.user.id }, 'messages exported');
    return sendCsv(reply, {
      name: `messages-${ctx.organization.slug}.csv`,
      header: ['campaign', ...recipientColumns],
      rows: rowsOf(ctx.db, ctx.db.messageLog.stream(filter.data)),
    });
  });
};

/** Rows with the names and links of their campaigns, each read once. */
async function* rowsOf(db: OrganizationDatabase, messages: ReturnType<OrganizationDatabase['messageLog']['stream']>) {
  const names = new Map<CampaignId, string>();
  const links = new Map<RunId, readonly string[]>();
  for await (const message of messages) {
    const { campaignId, runId } = message;
    if (campaignId && !names.has(campaignId))
      names.set(campaignId, (await db.campaigns.names([campaignId])).get(campaignId) ?? '');
    if (message.clicks.length > 0 && runId && !links.has(runId)) {
      links.set(runId, (await db.runs.get(runId))?.content.links ?? []);
    }
    const urls = (runId && links.get(runId)) || [];
    yield [campaignId && names.get(campaignId), ...recipientCells(message, (link) => urls[link] ?? '')];
  }
}
