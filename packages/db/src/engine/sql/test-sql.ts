import type { ResolvedCondition, ResolvedTest } from '@mini-crm/domain';
import type { Layout } from '../projection/layout.ts';
import { anniversarySql } from './anniversary-sql.ts';
import { type FieldSql, missingSql } from './field-sql.ts';
import { numberSql } from './number-sql.ts';
import type { Parameters } from './parameters.ts';

// Up to here a list is gone through for each row; a longer one is made a table of its own.
const shortList = 16;
// Up to here each value is looked for by itself in a list, which DuckDB does several times faster than all at once.
const fewValues = 8;

/** What a statement is made with. */
export interface SqlContext {
  readonly layout: Layout;
  readonly to: Parameters;
  /** Tables of the organization by their short names. */
  table(name: string): string;
  /** The key of the only customer that is asked about; null for all. */
  readonly only: number | null;
}

/** A condition that is TRUE where it holds; where it does not it is FALSE or NULL. */
export function conditionSql(
  { test, orMissing }: Pick<ResolvedCondition, 'test' | 'orMissing'>,
  field: FieldSql,
  context: SqlContext,
): string {
  const holds = testSql(test, field, context);
  return orMissing || test.kind === 'isEmpty' ? `(${missingSql(field)} OR ${holds})` : holds;
}

/** A test of a value that is there; not TRUE where there is none, or one of another kind. */
function testSql(test: ResolvedTest, field: FieldSql, { to, layout }: SqlContext): string {
  switch (test.kind) {
    case 'isSet':
      return `(NOT ${missingSql(field)})`;
    case 'isEmpty':
      return anyOf([
        field.text ? `${field.text.first} = ''` : null,
        field.list ? `len(${field.list.first}) = 0` : null,
      ]);
    case 'text':
      return field.text ? textSql(test, formOf(field.text, test.caseSensitive), to) : 'false';
    case 'number':
      return field.number ? numberSql({ n: field.number.first, scale: 10_000 }, test, to) : 'false';
    case 'money': {
      if (!field.money) return 'false';
      const { first, second } = field.money;
      return `(${second} = ${to.text(test.currency)} AND ${numberSql({ n: first }, test, to)})`;
    }
    case 'boolean':
      return field.boolean ? `${field.boolean.first} = ${(test.operator === 'eq') === test.value}` : 'false';
    case 'dates':
      return field.text ? rangeSql(field.text.first, test, (value) => to.text(value)) : 'false';
    case 'instants':
      return field.instant ? rangeSql(field.instant.first, test, (value) => to.integer(value)) : 'false';
    case 'anniversary':
      return anyOf([
        field.instant ? anniversarySql(field.instant.first, test.days, test.zone, layout.years, to) : null,
        field.text ? `list_contains(${to.texts(test.days)}, substr(${field.text.first}, 6))` : null,
      ]);
    case 'list':
      return field.list ? listSql(test, formOf(field.list, test.caseSensitive), to) : 'false';
    case 'size':
      return field.list ? numberSql({ n: `len(${field.list.first})` }, test, to) : 'false';
    default:
      return test satisfies never;
  }
}

const formOf = ({ first, second }: { first: string; second: string }, caseSensitive: boolean): string =>
  caseSensitive ? `coalesce(${second}, ${first})` : first;

const anyOf = (parts: readonly (string | null)[]): string => {
  const some = parts.filter((part) => part !== null);
  return some.length === 0 ? 'false' : `(${some.join(' OR ')})`;
};

function textSql(test: Extract<ResolvedTest, { kind: 'text' }>, form: string, to: Parameters): string {
  const [value = ''] = test.values;
  switch (test.operator) {
    case 'eq':
      return `${form} = ${to.text(value)}`;
    case 'neq':
      return `${form} <> ${to.text(value)}`;
    case 'in':
    case 'notIn': {
      const not = test.operator === 'in' ? '' : 'NOT ';
      const isIn =
        test.values.length <= shortList
          ? `list_contains(${to.texts(test.values)}, ${form})`
          : `${form} IN (SELECT unnest(${to.texts(test.values)}))`;
      return `(${form} IS NOT NULL AND ${not}${isIn})`;
    }
    case 'contains':
      return `contains(${form}, ${to.text(value)})`;
    case 'notContains':
      return `NOT contains(${form}, ${to.text(value)})`;
    case 'startsWith':
      return `starts_with(${form}, ${to.text(value)})`;
    case 'endsWith':
      return `ends_with(${form}, ${to.text(value)})`;
    default:
      return test.operator satisfies never;
  }
}

function listSql(test: Extract<ResolvedTest, { kind: 'list' }>, form: string, to: Parameters): string {
  const has = (name: 'list_has_any' | 'list_has_all') =>
    test.values.length > 0 && test.values.length <= fewValues
      ? `(${test.values.map((value) => `list_contains(${form}, ${to.text(value)})`).join(name === 'list_has_any' ? ' OR ' : ' AND ')})`
      : `${name}(${form}, ${to.texts(test.values)})`;
  switch (test.operator) {
    case 'includesAny':
      return has('list_has_any');
    case 'includesNone':
      return `NOT ${has('list_has_any')}`;
    case 'includesAll':
      return has('list_has_all');
    case 'lacksSome':
      return `NOT ${has('list_has_all')}`;
    default:
      return test.operator satisfies never;
  }
}

/** Whether a value lies in a half-open range, or outside of it. */
export function rangeSql<T>(
  value: string,
  { operator, range }: { operator: 'within' | 'notWithin'; range: { from: T | null; to: T | null } },
  bind: (end: T) => string,
): string {
  const ends = [
    range.from === null ? null : `${value} >= ${bind(range.from)}`,
    range.to === null ? null : `${value} < ${bind(range.to)}`,
  ].filter((end) => end !== null);
  const within = ends.length === 0 ? `${value} IS NOT NULL` : `(${ends.join(' AND ')})`;
  if (operator === 'within') return within;
  return ends.length === 0 ? 'false' : `NOT ${within}`;
}
