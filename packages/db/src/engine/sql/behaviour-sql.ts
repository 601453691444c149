import {
  compileNumber,
  type RankBasis,
  type ResolvedBehaviour,
  type ResolvedMeasure,
  type ResolvedNode,
} from '@mini-crm/domain';
import type { Kind } from '../projection/layout.ts';
import { eventOfLine, type FieldSql, unitFieldSql } from './field-sql.ts';
import { filteredNumber, measureSql, unitsOfAll } from './measure-sql.ts';
import { numberSql, numberTest, someOrNone } from './number-sql.ts';
import { parameters } from './parameters.ts';
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
  const idle = isIdle(node);
  const measured = measureSql(basis, context);
  if (measured === null) return String(idle);
  if (measure.aggregate === 'count' && someOrNone(test) !== null) {
    return differing(idle, `SELECT x.c ${measured.units}`);
  }
  const holds = numberSql(measured.number, test, context.to);
  return differing(idle, `SELECT x.c ${measured.units} GROUP BY x.c HAVING ${idle ? `NOT (${holds})` : holds}`);
}

/** Whether it holds for somebody who did nothing that counts. */
function isIdle({ measure, test, orMissing }: ResolvedBehaviour): boolean {
  const isSum = measure.aggregate === 'count' || measure.aggregate === 'sum' || measure.aggregate === 'distinct';
  return isSum ? compileNumber(numberTest({ test }))(0, 1) : orMissing;
}

/** Behaviours that can be measured together, and all others. */
export interface Together {
  /** Each of several behaviours of the same units. */
  readonly groups: readonly (readonly ResolvedBehaviour[])[];
  readonly rest: readonly ResolvedNode[];
}

/** Finds among nodes that must all hold the behaviours of the same units, as "three times, for more than 100 in all" is two. */
export function together(nodes: readonly ResolvedNode[], context: SqlContext): Together {
  const groups = new Map<string, ResolvedBehaviour[]>();
  const rest: ResolvedNode[] = [];
  for (const node of nodes) {
    const fits = node.type === 'behaviour' && !isEdge(node.measure) && !isIdle(node);
    // Asked with values of its own: those of a statement have all to be named in it.
    if (!fits || rollupSql(node, { ...context, to: parameters() }) !== null) {
      rest.push(node);
      continue;
    }
    const { eventTypes, unit, where, range } = node;
    const key = JSON.stringify([eventTypes, unit, where, range]);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const lone = [...groups.values()].filter((group) => group.length === 1).flat();
  return { groups: [...groups.values()].filter((group) => group.length > 1), rest: [...rest, ...lone] };
}

/** Behaviours of the same units, none of which holds for idle people, in one pass. */
export function behavioursSql(nodes: readonly ResolvedBehaviour[], context: SqlContext): string {
  const [first] = nodes;
  const units = first && unitsOfAll(first, nodes, context);
  if (!units) return 'false';
  const holds: string[] = [];
  for (const node of nodes) {
    const { measure } = node;
    const number = isEdge(measure) ? null : filteredNumber({ ...node, measure }, context);
    if (number === null) return 'false';
    holds.push(numberSql(number, numberTest(node), context.to));
  }
  return differing(false, `SELECT x.c ${units} GROUP BY x.c HAVING ${holds.join(' AND ')}`);
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
