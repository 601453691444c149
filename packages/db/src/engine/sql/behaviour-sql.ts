import { compileNumber, type RankBasis, type ResolvedBehaviour, type ResolvedMeasure } from '@mini-crm/domain';
import type { Kind } from '../projection/layout.ts';
import { eventOfLine, type FieldSql, unitFieldSql } from './field-sql.ts';
import { measureSql } from './measure-sql.ts';
import { numberSql, numberTest, someOrNone } from './number-sql.ts';
import { rollupSql } from './rollup-sql.ts';
import { conditionSql, type SqlContext } from './test-sql.ts';
import { unitsSql } from './units-sql.ts';

/**
 * A behaviour of the customers `k`: by their roll-ups where these say it exactly, else by one pass over the units, which finds
 * those who differ from somebody who did nothing.
 */
export function behaviourSql(node: ResolvedBehaviour, context: SqlContext): string {
  const rolled = rollupSql(node, context);
  if (rolled !== null) return rolled;
  const { measure } = node;
  if (isEdge(measure)) return edgeSql(node, measure, context);
  const test = numberTest(node);
  const basis: RankBasis = { ...node, measure };
  const isSum = measure.aggregate === 'count' || measure.aggregate === 'sum' || measure.aggregate === 'distinct';
  const idle = isSum ? compileNumber(test)(0, 1) : node.orMissing;
  const measured = measureSql(basis, context);
  if (measured === null) return String(idle);
  if (measure.aggregate === 'count' && someOrNone(test) !== null) {
    return differing(idle, `SELECT x.c ${measured.units}`);
  }
  const holds = numberSql(measured.number, test, context.to);
  return differing(idle, `SELECT x.c ${measured.units} GROUP BY x.c HAVING ${idle ? `NOT (${holds})` : holds}`);
}

type Edge = Extract<ResolvedMeasure, { aggregate: 'first' | 'last' }>;

const isEdge = (measure: ResolvedMeasure): measure is Edge =>
  measure.aggregate === 'first' || measure.aggregate === 'last';

/** Whoever is found, or, where idle people are in, everybody else. */
export const differing = (idle: boolean, found: string): string =>
  idle ? `(k.c NOT IN (${found}))` : `(k.c IN (${found}))`;

/** The value of the first or last unit: by time, then by the event's id, then by the place among its lines. */
function edgeSql(node: ResolvedBehaviour, { field, aggregate }: Edge, context: SqlContext): string {
  const { unit, test, orMissing } = node;
  const idle = orMissing || test.kind === 'isEmpty';
  const value = unitFieldSql(field, unit, context.layout);
  const inside: FieldSql = {};
  const columns: string[] = [];
  for (const [kind, { first, second }] of Object.entries(value) as [Kind, { first: string; second: string }][]) {
    inside[kind] = { first: `b.u.v${columns.length}`, second: `b.u.v${columns.length + 1}` };
    columns.push(first, second);
  }
  const units = unitsSql(node, context, { withEvent: unit === 'line' });
  if (units === null) return String(idle);
  const order = unit === 'line' ? ['ms := x.ms', `id := ${eventOfLine}.id`, 'n := x.n'] : ['ms := x.ms', 'id := x.id'];
  const packed = `struct_pack(${[...order, ...columns.map((column, i) => `v${i} := ${column}`)].join(', ')})`;
  const edge = aggregate === 'first' ? 'min' : 'max';
  const holds = conditionSql(node, inside, context);
  const found = `SELECT b.c FROM (SELECT x.c, ${edge}(${packed}) AS u ${units} GROUP BY x.c) b
                 WHERE ${idle ? `((${holds}) IS NOT TRUE)` : holds}`;
  return differing(idle, found);
}
