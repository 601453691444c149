import type { OrganizationDatabase } from '@mini-crm/db';
import { type MessageFilter, messageFilterSchema, planLog, type RunId } from '@mini-crm/domain';
import { refusal, unwrap } from '../errors.ts';
import { type CsvCell, sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import { streamLog } from './log.usecases.ts';
import { recipientCells, recipientColumns } from './message-rows.ts';

/** `GET /api/o/:orgId/messages.csv` with the filters of the log as its query: all that the filter finds, written while it is read. */
export const messageRoutes: Routes = (app, deps) => {
  const route = { method: 'GET', url: '/api/o/:orgId/messages.csv', action: 'messages.export' } as const;
  organizationRoute(app, deps, route, async (ctx, request, reply) => {
    const filter = filterOf(request.query as Record<string, string>);
    const plan = unwrap(planLog(filter));
    ctx.log.info({ userId: ctx.user.id }, 'messages exported');
    return sendCsv(reply, {
      name: `messages-${ctx.organization.slug}.csv`,
      header: ['kind', 'of', ...recipientColumns, 'text', 'by'],
      rows: rowsOf(ctx.db, streamLog(ctx, filter, plan)),
    });
  });
};

function filterOf({ link, ...query }: Record<string, string>): MessageFilter {
  const filter = messageFilterSchema.safeParse({ ...query, ...(link === undefined ? {} : { link: Number(link) }) });
  if (!filter.success) throw refusal({ code: 'invalid_input', path: ['filter'] });
  return filter.data;
}

const knownRuns = 1000;

/** Rows with the links of their runs, each read once. */
async function* rowsOf(db: OrganizationDatabase, log: ReturnType<typeof streamLog>): AsyncGenerator<CsvCell[]> {
  const links = new Map<RunId, readonly string[]>();
  for await (const { item, delivery } of log) {
    if (item.kind === 'interaction') {
      yield [item.type, null, ...interactionCells(item), item.text, item.by];
    } else if (delivery) {
      const { runId } = delivery;
      if (delivery.clicks.length > 0 && runId && !links.has(runId)) {
        if (links.size === knownRuns) links.clear();
        links.set(runId, (await db.runs.get(runId))?.content.links ?? []);
      }
      yield [
        item.kind,
        item.of,
        ...recipientCells(delivery, (link) => (runId && links.get(runId)?.[link]) || ''),
        null,
        null,
      ];
    }
  }
}

/** An interaction under the columns of a message: it has a person and an instant. */
function interactionCells({ name, at, customerId }: { name: string; at: Date; customerId: string }): CsvCell[] {
  const known: Readonly<Record<string, CsvCell>> = { name, at, customer_id: customerId };
  return recipientColumns.map((column) => known[column] ?? null);
}
