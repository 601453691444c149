import type { InstantRange, ResolvedFilter } from '@mini-crm/domain';
import { eventOfLine, unitFieldSql } from './field-sql.ts';
import { conditionSql, type SqlContext } from './test-sql.ts';

/** Which units are looked at. */
export interface Units {
  readonly eventTypes: readonly string[];
  readonly unit: 'event' | 'line';
  readonly where: ResolvedFilter | null;
  readonly range: InstantRange;
}

/**
 * The units as `FROM ... WHERE ...`, each an event or line `x` with its customer `x.c`; null where there can't be any. The event `y`
 * of a line is joined where a condition asks for its properties, or `withEvent`.
 */
export function unitsSql(
  units: Units,
  context: SqlContext,
  { also = [], withEvent = false }: { also?: readonly string[]; withEvent?: boolean } = {},
): string | null {
  const numbers = units.eventTypes
    .map((type) => context.layout.types.get(type)?.number)
    .filter((number) => number !== undefined);
  if (numbers.length === 0) return null;
  const { range, unit, where } = units;
  const { to, only } = context;
  const conditions = [
    numbers.length === 1 ? `x.t = ${numbers[0]}` : `x.t IN (${numbers.join(', ')})`,
    ...(only === null ? [] : [`x.c = ${only}`]),
    ...(range.from === null ? [] : [`x.ms >= ${to.integer(range.from)}`]),
    ...(range.to === null ? [] : [`x.ms < ${to.integer(range.to)}`]),
    ...(where === null ? [] : [filterSql(where, unit, context)]),
    ...also,
  ];
  const needsEvent = withEvent || conditions.some((condition) => condition.includes(`${eventOfLine}.p_`));
  return `FROM ${unitTable(unit, needsEvent, context)} WHERE ${conditions.join(' AND ')}`;
}

function unitTable(unit: 'event' | 'line', needsEvent: boolean, { table }: SqlContext): string {
  if (unit === 'event') return `${table('events')} x`;
  const lines = `${table('lines')} x`;
  return needsEvent ? `${lines} JOIN ${table('events')} ${eventOfLine} ON ${eventOfLine}.e = x.e` : lines;
}

/** A filter that is TRUE where it holds; where it does not it is FALSE or NULL. */
export function filterSql(filter: ResolvedFilter, unit: 'event' | 'line', context: SqlContext): string {
  switch (filter.type) {
    case 'all':
      return `(${filter.children.map((child) => filterSql(child, unit, context)).join(' AND ')})`;
    case 'any':
      return `(${filter.children.map((child) => filterSql(child, unit, context)).join(' OR ')})`;
    case 'not':
      return `((${filterSql(filter.child, unit, context)}) IS NOT TRUE)`;
    case 'field':
      return conditionSql(filter, unitFieldSql(filter.field, unit, context.layout), context);
    default:
      return filter satisfies never;
  }
}
