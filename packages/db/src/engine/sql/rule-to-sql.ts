import type { ResolvedNode, ResolvedRule } from '@mini-crm/domain';
import { type Layout, tableIn } from '../projection/layout.ts';
import { behaviourSql, behavioursSql, together } from './behaviour-sql.ts';
import { engagementSql } from './engagement-sql.ts';
import { customerFieldSql } from './field-sql.ts';
import { type Parameters, parameters } from './parameters.ts';
import { rankSql } from './rank-sql.ts';
import { sequenceFound, sequenceSql } from './sequence-sql.ts';
import { conditionSql, type SqlContext } from './test-sql.ts';

export interface RuleScope {
  readonly catalog: string;
  readonly layout: Layout;
  /** The key of the only customer that is asked about. */
  readonly only?: number | null;
}

/** The members of a rule as a condition on the customers `k`: TRUE for them, and FALSE or NULL for everybody else. */
export interface RuleSql {
  readonly condition: string;
  /** The values that it names as `$1`, `$2` ...; more can be added. */
  readonly to: Parameters;
}

export const sqlContext = ({ catalog, layout, only = null }: RuleScope): SqlContext => ({
  layout,
  to: parameters(),
  table: (name) => tableIn(catalog, name),
  only,
});

/** Says a rule exactly as DuckDB reads it over a projection. Values travel as parameters only. */
export function ruleToSql(rule: ResolvedRule, scope: RuleScope): RuleSql {
  const context = sqlContext(scope);
  return { condition: nodeSql(rule.root, context), to: context.to };
}

/**
 * The number of a rule's members where it can be told without reading the customers, as nobody did anything who is not there; null
 * for all other rules.
 */
export function countAlone(
  rule: ResolvedRule,
  scope: RuleScope,
): { readonly number: string; readonly to: Parameters } | null {
  if (rule.root.type !== 'sequence') return null;
  const context = sqlContext(scope);
  const found = sequenceFound(rule.root, context);
  return found === null ? null : { number: `SELECT count(DISTINCT c) FROM (${found})`, to: context.to };
}

function nodeSql(node: ResolvedNode, context: SqlContext): string {
  switch (node.type) {
    case 'everyone':
      return 'true';
    case 'all': {
      const { groups, rest } = together(node.children, context);
      const parts = [
        ...rest.map((child) => nodeSql(child, context)),
        ...groups.map((group) => behavioursSql(group, context)),
      ];
      return `(${parts.join(' AND ')})`;
    }
    case 'any':
      return `(${node.children.map((child) => nodeSql(child, context)).join(' OR ')})`;
    case 'not':
      return `((${nodeSql(node.child, context)}) IS NOT TRUE)`;
    case 'attribute':
      return conditionSql(node, customerFieldSql(node.field, context.layout), context);
    case 'behaviour':
      return behaviourSql(node, context);
    case 'sequence':
      return sequenceSql(node, context);
    case 'engagement':
      return engagementSql(node, context);
    case 'inSegment': {
      if (node.child !== null) return nodeSql(node.child, context);
      const segment = context.to.text(node.segmentId);
      return `(k.c IN (SELECT x.c FROM ${context.table('members')} x WHERE x.segment = ${segment}))`;
    }
    case 'rank':
      return rankSql(node, context);
    default:
      return node satisfies never;
  }
}
