import {
  type Attribute,
  type AttributeValue,
  type Customer,
  customerFilterSchema,
  formatAmount,
  idSchema,
  type Money,
} from '@mini-crm/domain';
import { z } from 'zod';
import { refusal } from '../errors.ts';
import { type CsvCell, sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import { conditionsOf } from './customer-list.usecases.ts';

const selectionSchema = z
  .string()
  .max(15_000)
  .transform((text) => text.split(','))
  .pipe(z.array(idSchema('customer')).max(500));
const exportQuerySchema = customerFilterSchema.extend({ ids: selectionSchema.optional() });

/** `GET /api/o/:orgId/customers.csv` with the filters of the list as its query, or `ids` of selected customers. */
export const customerRoutes: Routes = (app, deps) => {
  const route = { method: 'GET', url: '/api/o/:orgId/customers.csv', action: 'customers.export' } as const;
  organizationRoute(app, deps, route, async (ctx, request, reply) => {
    const filter = exportQuerySchema.safeParse(request.query);
    if (!filter.success) throw refusal({ code: 'invalid_input', path: ['filter'] });
    const attributes = await ctx.db.attributes.list();
    const { currency } = ctx.organization;
    const { ids, ...rest } = filter.data;
    const customers = ctx.db.customers.stream({ ...conditionsOf(ctx, rest), ids });
    ctx.log.info({ userId: ctx.user.id }, 'customers exported');
    return sendCsv(reply, {
      name: `customers-${ctx.organization.slug}.csv`,
      header: customerColumns(attributes, currency),
      rows: rowsOf(customers, attributes, currency),
    });
  });
};

/** The columns of an exported customer: what an import reads again, then the roll-ups. */
export function customerColumns(attributes: readonly Attribute[], currency: string): string[] {
  return [
    ...['external_id', 'email', 'phone', 'first_name', 'last_name', 'time_zone', 'locale'],
    ...attributes.map(({ slug }) => slug),
    ...['email_consent', 'email_consent_at', 'email_consent_how', 'sms_consent', 'sms_consent_at', 'sms_consent_how'],
    ...['orders', `revenue_${currency.toLowerCase()}`, 'first_order_at', 'last_order_at', 'created_at'],
  ];
}

/** The cells of a customer under `customerColumns`. */
export function customerCells(customer: Customer, attributes: readonly Attribute[], currency: string): CsvCell[] {
  const { externalId, email, phone, firstName, lastName, timeZone, locale, consents, rollups } = customer;
  return [
    ...[externalId, email, phone, firstName, lastName, timeZone, locale],
    ...attributes.map(({ slug }) => attributeCell(customer.attributes[slug])),
    ...[consents.email?.state, consents.email?.at, consents.email?.how],
    ...[consents.sms?.state, consents.sms?.at, consents.sms?.how],
    ...[rollups.orderCount, formatAmount(rollups.revenue, currency), rollups.firstOrderAt, rollups.lastOrderAt],
    customer.createdAt,
  ];
}

async function* rowsOf(customers: AsyncIterable<Customer>, attributes: readonly Attribute[], currency: string) {
  for await (const customer of customers) yield customerCells(customer, attributes, currency);
}

function attributeCell(value: AttributeValue | undefined): CsvCell {
  if (value === undefined || value instanceof Date || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.join('; ');
  const { amount, currency } = value as Money;
  return `${formatAmount(amount, currency)} ${currency}`;
}
