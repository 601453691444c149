import type { ResolvedBehaviour } from '@mini-crm/domain';
import { rolledSums, rolledTypes, sumKey, type TypeColumns } from '../projection/layout.ts';
import { numberSql, numberTest, someOrNone } from './number-sql.ts';
import { conditionSql, type SqlContext } from './test-sql.ts';

/**
 * A behaviour over the roll-up columns of the customers `k`, or null where they do not say it exactly: they know how many events
 * of a type there are, the first and the last of them and the sums of their totals, all without a window. A window whose end lies
 * behind every event is none; beside that they can say whether anything lies on one side of an instant.
 */
export function rollupSql(node: ResolvedBehaviour, context: SqlContext): string | null {
  const { unit, where, range, measure, eventTypes } = node;
  const { layout, to } = context;
  if (unit !== 'event' || where !== null) return null;
  const types = eventTypes.map((type) => layout.types.get(type)).filter((type) => type !== undefined);
  if (types.length === 0 || types.some(({ number }) => number > rolledTypes)) return null;
  const latest = types.reduce((max, type) => Math.max(max, type.latest), Number.MIN_SAFE_INTEGER);
  const isOpenEnded = range.to === null || range.to > latest;
  const isWhole = range.from === null && isOpenEnded;
  switch (measure.aggregate) {
    case 'count': {
      const test = numberTest(node);
      if (isWhole) return numberSql({ n: types.map(({ number }) => `k.n_${number}`).join(' + ') }, test, to);
      const some = someOrNone(test);
      if (some === null) return null;
      const any = anyOnOneSide(types, node, isOpenEnded, context);
      return any === null ? null : some === 'some' ? any : `((${any}) IS NOT TRUE)`;
    }
    case 'first':
    case 'last': {
      if (measure.field.path !== 'at') return null;
      const edge = measure.aggregate === 'last' ? last(types) : first(types);
      const { from, to: end } = range;
      const knows = measure.aggregate === 'last' ? isOpenEnded : from === null;
      if (!knows) return null;
      const isIn =
        measure.aggregate === 'last'
          ? from === null || `${edge} >= ${to.integer(from)}`
          : isOpenEnded || end === null || `${edge} < ${to.integer(end)}`;
      const instant = isIn === true ? edge : `(CASE WHEN ${isIn} THEN ${edge} END)`;
      return conditionSql(node, { instant: { first: instant, second: '' } }, context);
    }
    case 'sum':
    case 'avg': {
      const { currency } = measure;
      if (!isWhole || currency === null || measure.field.path !== 'total') return null;
      const sums = eventTypes.map((type) => layout.sums.get(sumKey(type, currency)));
      if (sums.some((sum) => (sum ? !sum.exact : layout.sums.size >= rolledSums))) return null;
      const numbers = sums.filter((sum) => sum !== undefined).map(({ number }) => number);
      const test = numberTest(node);
      const sum = added(numbers.map((number) => `k.s_${number}`));
      if (measure.aggregate === 'sum') return numberSql({ n: sum }, test, to);
      const count = added(numbers.map((number) => `k.m_${number}`));
      const holds = `(${count} > 0 AND ${numberSql({ n: sum, d: count }, test, to)})`;
      return node.orMissing ? `(${count} = 0 OR ${holds})` : holds;
    }
    case 'min':
    case 'max':
    case 'distinct':
      return null;
    default:
      return measure satisfies never;
  }
}

/** Sums of several columns do not fit in theirs. */
const added = (columns: readonly string[]): string =>
  columns.length === 0
    ? '0::BIGINT'
    : columns.length === 1
      ? (columns[0] as string)
      : `(${columns.map((column) => `${column}::HUGEINT`).join(' + ')})`;

const last = (types: readonly TypeColumns[]): string =>
  types.length === 1 ? `k.l_${types[0]?.number}` : `greatest(${types.map(({ number }) => `k.l_${number}`).join(', ')})`;
const first = (types: readonly TypeColumns[]): string =>
  types.length === 1 ? `k.f_${types[0]?.number}` : `least(${types.map(({ number }) => `k.f_${number}`).join(', ')})`;

function anyOnOneSide(
  types: readonly TypeColumns[],
  { range: { from, to: end } }: ResolvedBehaviour,
  isOpenEnded: boolean,
  { to }: SqlContext,
): string | null {
  if (from !== null && isOpenEnded) return `${last(types)} >= ${to.integer(from)}`;
  if (from === null && end !== null) return `${first(types)} < ${to.integer(end)}`;
  return null;
}
