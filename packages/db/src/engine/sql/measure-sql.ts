import type { RankBasis, ResolvedBehaviour } from '@mini-crm/domain';
import { eventOfLine, unitFieldSql } from './field-sql.ts';
import type { SqlNumber } from './number-sql.ts';
import type { SqlContext } from './test-sql.ts';
import { unitsSql } from './units-sql.ts';

/** What is made of people's units: `SELECT x.c ... GROUP BY x.c` has everybody with a unit that counts, and their number. */
export interface MeasuredSql {
  /** `FROM ... WHERE ...`. */
  readonly units: string;
  readonly number: SqlNumber;
}

/** Null where nobody can have a unit that counts. */
export function measureSql(basis: RankBasis, context: SqlContext): MeasuredSql | null {
  const { measure, unit } = basis;
  if (measure.aggregate === 'count') {
    const units = unitsSql(basis, context);
    return units === null ? null : { units, number: { n: 'count(*)' } };
  }
  const field = unitFieldSql(measure.field, unit, context.layout);
  if (measure.aggregate === 'distinct') {
    const columns = Object.values(field).map(({ first }) => first);
    if (columns.length === 0) return null;
    const counts = `(${columns.map((column) => `${column} IS NOT NULL`).join(' OR ')})`;
    const units = unitsSql(basis, context, { also: [counts], withEvent: usesEvent(columns) });
    return units === null
      ? null
      : { units, number: { n: columns.map((column) => `count(DISTINCT ${column})`).join(' + ') } };
  }
  const { aggregate, currency } = measure;
  const value = currency === null ? field.number : field.money;
  if (!value) return null;
  const counts = [
    `${value.first} IS NOT NULL`,
    ...(currency === null ? [] : [`${value.second} = ${context.to.text(currency)}`]),
  ];
  const units = unitsSql(basis, context, { also: counts, withEvent: usesEvent([value.first]) });
  if (units === null) return null;
  if (aggregate !== 'avg') return { units, number: { n: `${aggregate}(${value.first})` } };
  return { units, number: { n: `sum(${value.first})`, d: 'count(*)' } };
}

/** Whether columns are those of the event that a line is joined with. */
export const usesEvent = (columns: readonly string[]): boolean =>
  columns.some((column) => column.startsWith(`${eventOfLine}.`));

/** The units of several measures that differ in nothing else, with the event of each line where one of them reads it. */
export function unitsOfAll(
  units: ResolvedBehaviour,
  nodes: readonly ResolvedBehaviour[],
  context: SqlContext,
): string | null {
  const columns = nodes.flatMap(({ measure }) =>
    measure.aggregate === 'count'
      ? []
      : Object.values(unitFieldSql(measure.field, units.unit, context.layout)).map(({ first }) => first),
  );
  return unitsSql(units, context, { withEvent: usesEvent(columns) });
}

/** A measure among others over the same units: what does not count is left out by the aggregate itself. */
export function filteredNumber({ measure, unit }: RankBasis, context: SqlContext): SqlNumber | null {
  if (measure.aggregate === 'count') return { n: 'count(*)' };
  const field = unitFieldSql(measure.field, unit, context.layout);
  if (measure.aggregate === 'distinct') {
    const columns = Object.values(field).map(({ first }) => `count(DISTINCT ${first})`);
    return columns.length === 0 ? null : { n: columns.join(' + ') };
  }
  const { aggregate, currency } = measure;
  const value = currency === null ? field.number : field.money;
  if (!value) return null;
  const only = currency === null ? '' : ` FILTER (${value.second} = ${context.to.text(currency)})`;
  if (aggregate === 'avg') return { n: `sum(${value.first})${only}`, d: `count(${value.first})${only}` };
  return { n: `${aggregate}(${value.first})${only}` };
}
