import type { ResolvedField } from '@mini-crm/domain';
import { columnsOf, type Kind, type Layout, secondOf, textFields, type ValueColumn } from '../projection/layout.ts';

/** The columns of a field's values by their kind, qualified. A field that nobody has a value of has none. */
export type FieldSql = Partial<Record<Kind, { readonly first: string; readonly second: string }>>;

const one = (kind: Kind, first: string, second = 'NULL::VARCHAR'): FieldSql => ({ [kind]: { first, second } });
const text = (column: string): FieldSql => one('text', column, secondOf(column));

function ofColumns(columns: readonly ValueColumn[] | undefined, alias: string): FieldSql {
  const field: FieldSql = {};
  for (const { name, kind } of columns ?? []) {
    const [, second] = columnsOf({ name, kind });
    field[kind] = { first: `${alias}.${name}`, second: second ? `${alias}.${second.name}` : 'NULL::VARCHAR' };
  }
  return field;
}

/** A field of the customers `k`; throws for one that does not exist. */
export function customerFieldSql({ path }: ResolvedField, layout: Layout): FieldSql {
  if (Object.hasOwn(textFields, path)) return text(`k.${textFields[path as keyof typeof textFields]}`);
  if (path === 'createdAt') return one('instant', 'k.created');
  if (path === 'consents.email') return one('text', 'k.consent_email');
  if (path === 'consents.sms') return one('text', 'k.consent_sms');
  if (!path.startsWith('attributes.')) throw new Error(`No customer field "${path}"`);
  return ofColumns(layout.attributes.get(path.slice('attributes.'.length)), 'k');
}

const unitFields: ReadonlyMap<string, FieldSql> = new Map([
  ['total', one('money', 'x.total', 'x.currency')],
  ['at', one('instant', 'x.ms')],
  ['currency', one('text', 'x.currency_f', 'x.currency')],
]);
const lineFields: ReadonlyMap<string, FieldSql> = new Map([
  ['line.product', text('x.product')],
  ['line.name', text('x.name')],
  ['line.category', text('x.category')],
  ['line.quantity', one('number', 'x.quantity')],
  ['line.price', one('money', 'x.price', 'x.currency')],
  ['line.amount', one('money', 'x.amount', 'x.currency')],
]);

/** Where the properties of a line's event are found: only what needs them joins the events. */
export const eventOfLine = 'y';

/** A field of the events or lines `x`; throws for one that does not exist. */
export function unitFieldSql({ path }: ResolvedField, unit: 'event' | 'line', layout: Layout): FieldSql {
  const known = unitFields.get(path);
  if (known) return known;
  const ofLine = lineFields.get(path);
  if (ofLine) return unit === 'line' ? ofLine : {};
  if (!path.startsWith('properties.')) throw new Error(`No event field "${path}"`);
  const columns = layout.properties.get(path.slice('properties.'.length));
  return ofColumns(columns, unit === 'line' ? eventOfLine : 'x');
}

/** Whether there is no value of any kind. An amount without its currency is none. */
export function missingSql(field: FieldSql): string {
  const parts = Object.entries(field).map(([kind, { first, second }]) =>
    kind === 'money' ? `(${first} IS NULL OR ${second} IS NULL)` : `${first} IS NULL`,
  );
  return parts.length === 0 ? 'true' : `(${parts.join(' AND ')})`;
}
