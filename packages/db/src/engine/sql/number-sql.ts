import type { NumberTest, ResolvedTest } from '@mini-crm/domain';
import type { Parameters } from './parameters.ts';

/** Whole numbers in SQL: `n`, or the fraction `n / d` where there is a `d` (> 0). */
export interface SqlNumber {
  readonly n: string;
  readonly d?: string;
  /** How many times the value the SQL has: columns of numbers are ten-thousandths. */
  readonly scale?: 1 | 10_000;
}

/** A comparison without dividing and without rounding. Null where the number is. */
export function numberSql({ n, d, scale = 1 }: SqlNumber, { operator, values }: NumberTest, to: Parameters): string {
  // Half a unit can only be asked about where the number itself has whole units; both sides are made finer then.
  const isFiner = scale === 1 && !values.every(Number.isInteger);
  const number = isFiner ? `(${n}) * 10000::HUGEINT` : `(${n})`;
  const operands = values.map((value) => wholeOf(value, isFiner ? 10_000 : scale));
  const held = (operand: bigint) => {
    const value = to.integer(operand);
    return d === undefined ? value : `(${value})::HUGEINT * ${d}`;
  };
  const [a = 0n, b = 0n] = operands;
  switch (operator) {
    case 'eq':
      return `${number} = ${held(a)}`;
    case 'neq':
      return `${number} <> ${held(a)}`;
    case 'lt':
      return `${number} < ${held(a)}`;
    case 'lte':
      return `${number} <= ${held(a)}`;
    case 'gt':
      return `${number} > ${held(a)}`;
    case 'gte':
      return `${number} >= ${held(a)}`;
    case 'between':
      return `(${number} >= ${held(a)} AND ${number} <= ${held(b)})`;
    case 'in':
    case 'notIn': {
      const not = operator === 'in' ? '' : 'NOT ';
      if (d === undefined) return `(${n} IS NOT NULL AND ${not}list_contains(${to.integers(operands)}, ${number}))`;
      return `${not}(${operands.map((operand) => `${number} = ${held(operand)}`).join(' OR ')})`;
    }
    default:
      return operator satisfies never;
  }
}

function wholeOf(value: number, scale: number): bigint {
  if (!Number.isFinite(value)) throw new Error('A test has no number to hold against');
  return Number.isInteger(value) ? BigInt(value) * BigInt(scale) : BigInt(Math.round(value * scale));
}

/**
 * Whether a test of a count only tells some from none, and which of both it takes: `some`, `none`, or null where it counts.
 */
export function someOrNone({ operator, values }: NumberTest): 'some' | 'none' | null {
  const [value = Number.NaN] = values;
  switch (operator) {
    case 'gte':
    case 'lt':
      return value > 0 && value <= 1 ? (operator === 'gte' ? 'some' : 'none') : null;
    case 'gt':
    case 'lte':
      return value >= 0 && value < 1 ? (operator === 'gt' ? 'some' : 'none') : null;
    case 'eq':
    case 'neq':
      return value === 0 ? (operator === 'neq' ? 'some' : 'none') : null;
    case 'between':
    case 'in':
    case 'notIn':
      return null;
    default:
      return operator satisfies never;
  }
}

/** The test of an aggregate. */
export function numberTest({ test }: { readonly test: ResolvedTest }): NumberTest {
  if (test.kind !== 'number') throw new Error(`An aggregate can't be held against a ${test.kind} test`);
  return test;
}
