import type { RankBasis, ResolvedRank } from '@mini-crm/domain';
import { measureSql } from './measure-sql.ts';
import type { SqlNumber } from './number-sql.ts';
import type { SqlContext } from './test-sql.ts';

/** Whether the customers `k` have a rank as good as the cut-off's. */
export function rankSql(node: ResolvedRank, context: SqlContext): string {
  const { cutoff, direction } = node;
  const measured = cutoff && measureSql(node, context);
  if (!cutoff || !measured) return 'false';
  const { n, d } = measured.number;
  const compare = direction === 'top' ? '>=' : '<=';
  const { to } = context;
  const value = cutoff.d === 1 ? `(${n})` : `(${n})::HUGEINT * ${to.integer(cutoff.d)}`;
  const bound = d === undefined ? to.integer(cutoff.n) : `(${to.integer(cutoff.n)})::HUGEINT * ${d}`;
  return `(k.c IN (SELECT x.c ${measured.units} GROUP BY x.c HAVING ${value} ${compare} ${bound}))`;
}

/** The value of everybody who has a rank, as `n` and `d`; null where nobody has. */
export function rankValuesSql(basis: RankBasis, context: SqlContext): string | null {
  const measured = measureSql(basis, context);
  if (!measured) return null;
  const { n, d = '1' } = measured.number;
  return `SELECT (${n})::HUGEINT AS n, (${d})::BIGINT AS d ${measured.units} GROUP BY x.c`;
}

/**
 * What puts fractions in their order without dividing inexactly: the whole part, then what is left in parts of 2^60, which tells any
 * two fractions apart whose denominators are below 2^30.
 */
export function fractionOrder({ n, d }: Required<Pick<SqlNumber, 'n' | 'd'>>, direction: 'ASC' | 'DESC'): string {
  const whole = `(${n} // ${d} - CASE WHEN ${n} < 0 AND ${n} % ${d} <> 0 THEN 1 ELSE 0 END)`;
  return `${whole} ${direction}, (((${n} - ${whole} * ${d}) * 1152921504606846976::HUGEINT) // ${d}) ${direction}`;
}
