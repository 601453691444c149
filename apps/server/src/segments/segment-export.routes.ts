import { bindRule } from '@mini-crm/db';
import type { CustomerId, ResolvedRule } from '@mini-crm/domain';
import { customerCells, customerColumns } from '../customers/customer-export.routes.ts';
import { unwrap } from '../errors.ts';
import { sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import type { OrganizationContext } from '../trpc.ts';
import { ruleContext } from './rule-context.ts';
import { segmentIdOf } from './segment-id.ts';
import { usableSegment } from './segment-size.usecases.ts';

const url = '/api/o/:orgId/segments/:segmentId/members.csv';

/** `GET /api/o/:orgId/segments/:segmentId/members.csv`: everybody who is in a segment now, with the columns of the customer export. */
export const segmentExportRoutes: Routes = (app, deps) => {
  organizationRoute(app, deps, { method: 'GET', url, action: 'segments.export' }, async (ctx, request, reply) => {
    const { segment, rule } = unwrap(await usableSegment(ctx, segmentIdOf(request)));
    const [attributes, context] = await Promise.all([ctx.db.attributes.list(), ruleContext(ctx, ctx.deps.now())]);
    const resolved = unwrap(await bindRule(ctx.db.audience, rule, context));
    const { currency } = ctx.organization;
    ctx.log.info({ userId: ctx.user.id, segmentId: segment.id }, 'segment exported');
    async function* rows() {
      for await (const customer of members(ctx, resolved)) yield customerCells(customer, attributes, currency);
    }
    return sendCsv(reply, { name: `${segment.name}.csv`, header: customerColumns(attributes, currency), rows: rows() });
  });
};

/** The members in the order of their ids, a batch at a time in memory. */
async function* members(ctx: OrganizationContext, rule: ResolvedRule) {
  for await (const ids of ctx.db.audience.ids(rule)) {
    const found = new Map((await ctx.db.customers.many(ids)).map((customer) => [customer.id, customer]));
    for (const id of ids as readonly CustomerId[]) {
      const customer = found.get(id);
      if (customer) yield customer;
    }
  }
}
