import { type CustomerId, idSchema, type ResolvedRule, resolveRule } from '@mini-crm/domain';
import { customerCells, customerColumns } from '../customers/customer-export.routes.ts';
import { refusal, unwrap } from '../errors.ts';
import { sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import type { OrganizationContext } from '../trpc.ts';
import { clockOf, ruleFields } from './segment.usecases.ts';

const url = '/api/o/:orgId/segments/:segmentId/members.csv';

/** `GET /api/o/:orgId/segments/:segmentId/members.csv`: everybody who is in a segment now, with the columns of the customer export. */
export const segmentRoutes: Routes = (app, deps) => {
  organizationRoute(app, deps, { method: 'GET', url, action: 'segments.export' }, async (ctx, request, reply) => {
    const id = idSchema('segment').safeParse((request.params as { segmentId: string }).segmentId);
    const segment = id.success ? await ctx.db.segments.get(id.data) : null;
    if (!segment) throw refusal({ code: 'not_found' });
    const [attributes, fields] = await Promise.all([ctx.db.attributes.list(), ruleFields(ctx.db)]);
    const rule = unwrap(resolveRule(segment.rule, { ...clockOf(ctx), fields }));
    const { currency } = ctx.organization;
    ctx.log.info({ userId: ctx.user.id, segmentId: segment.id }, 'segment exported');
    async function* rows() {
      for await (const customer of members(ctx, rule)) yield customerCells(customer, attributes, currency);
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
