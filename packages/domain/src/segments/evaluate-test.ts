import type { Money } from '../money/money.ts';
import { compose, fold } from '../text/fold.ts';
import { civilDateAt } from '../time/zone.ts';
import type { NumberTest, ResolvedCondition, ResolvedTest } from './resolved-rule.ts';

export type Predicate<T> = (value: T) => boolean;

/** The sign of `n / d - value`, exactly: where a product is beyond what a number holds, in whole BigInts. */
export function compareFraction(n: number | bigint, d: number, value: number): number {
  if (d === 1) return n < value ? -1 : n > value ? 1 : 0;
  const product = value * d;
  if (typeof n === 'number' && Number.isSafeInteger(product)) return n - product;
  const difference = BigInt(n) - BigInt(value) * BigInt(d);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * A comparison of the fraction `n / d` (d > 0) without dividing: an average is a sum over a count, anything else has d = 1.
 * With another d all are whole numbers.
 */
export function compileNumber({ operator, values }: NumberTest): (n: number | bigint, d: number) => boolean {
  const [a = Number.NaN, b = Number.NaN] = values;
  switch (operator) {
    case 'eq':
      return (n, d) => compareFraction(n, d, a) === 0;
    case 'neq':
      return (n, d) => compareFraction(n, d, a) !== 0;
    case 'lt':
      return (n, d) => compareFraction(n, d, a) < 0;
    case 'lte':
      return (n, d) => compareFraction(n, d, a) <= 0;
    case 'gt':
      return (n, d) => compareFraction(n, d, a) > 0;
    case 'gte':
      return (n, d) => compareFraction(n, d, a) >= 0;
    case 'between':
      return (n, d) => compareFraction(n, d, a) >= 0 && compareFraction(n, d, b) <= 0;
    case 'in':
      return (n, d) => values.some((value) => compareFraction(n, d, value) === 0);
    case 'notIn':
      return (n, d) => values.every((value) => compareFraction(n, d, value) !== 0);
    default:
      return operator satisfies never;
  }
}

/** So many different texts one leaf remembers. */
const remembered = 1000;

/**
 * Whether a text is one of these when it is folded (or composed). Folding is dear, so two things come first: it changes no last
 * ASCII character but its case (bit 32), so most texts are told apart by how they end; and what people have in common (a plan,
 * a country) comes again and again, so the first answers are remembered.
 */
function compileAmong(values: readonly string[], form: (text: string) => string): Predicate<string> {
  const wanted = new Set(values);
  const ends = new Uint8Array(128);
  for (const value of values) ends[value.charCodeAt(value.length - 1) | 32] = 1;
  const known = new Map<string, boolean>();
  return (text) => {
    const end = text.charCodeAt(text.length - 1);
    if (end < 128 && ends[end | 32] === 0) return false;
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = wanted.has(form(text));
    if (known.size < remembered) known.set(text, answer);
    return answer;
  };
}

function compileText(test: Extract<ResolvedTest, { kind: 'text' }>): Predicate<string> {
  const form = test.caseSensitive ? compose : fold;
  const [value = ''] = test.values;
  const isAmong = compileAmong(test.values, form);
  switch (test.operator) {
    case 'eq':
    case 'in':
      return isAmong;
    case 'neq':
    case 'notIn':
      return (text) => !isAmong(text);
    case 'contains':
      return (text) => form(text).includes(value);
    case 'notContains':
      return (text) => !form(text).includes(value);
    case 'startsWith':
      return (text) => form(text).startsWith(value);
    case 'endsWith':
      return (text) => form(text).endsWith(value);
    default:
      return test.operator satisfies never;
  }
}

function compileList(test: Extract<ResolvedTest, { kind: 'list' }>): Predicate<readonly string[]> {
  const form = test.caseSensitive ? compose : fold;
  const { values } = test;
  const isWanted = compileAmong(values, form);
  const includesAny = (items: readonly string[]) => {
    for (const item of items) if (isWanted(item)) return true;
    return false;
  };
  const includesAll = (items: readonly string[]) => {
    const present = new Set(items.map(form));
    return values.every((value) => present.has(value));
  };
  switch (test.operator) {
    case 'includesAny':
      return includesAny;
    case 'includesNone':
      return (items) => !includesAny(items);
    case 'includesAll':
      return includesAll;
    case 'lacksSome':
      return (items) => !includesAll(items);
    default:
      return test.operator satisfies never;
  }
}

/** Whether a point lies in a half-open range whose ends may be open. */
export function compileRange<T extends number | string>(range: { from: T | null; to: T | null }): Predicate<T> {
  const { from, to } = range;
  return (point) => (from === null || point >= from) && (to === null || point < to);
}

const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value;

/** A test as a function of a value. One of another type than the field's fulfils nothing, and neither does no value. */
export function compileTest(test: ResolvedTest): Predicate<unknown> {
  switch (test.kind) {
    case 'isSet':
      return (value) => value !== null && value !== undefined;
    case 'isEmpty':
      return (value) => value === '' || (Array.isArray(value) && value.length === 0);
    case 'text': {
      const holds = compileText(test);
      return (value) => typeof value === 'string' && holds(value);
    }
    case 'number': {
      const holds = compileNumber(test);
      return (value) => typeof value === 'number' && holds(value, 1);
    }
    case 'money': {
      const holds = compileNumber(test);
      return (value) => isMoney(value) && value.currency === test.currency && holds(value.amount, 1);
    }
    case 'boolean':
      return (value) => typeof value === 'boolean' && (value === test.value) === (test.operator === 'eq');
    case 'dates': {
      const holds = compileRange(test.range);
      return (value) => typeof value === 'string' && holds(value) === (test.operator === 'within');
    }
    case 'instants': {
      const holds = compileRange(test.range);
      return (value) => value instanceof Date && holds(value.getTime()) === (test.operator === 'within');
    }
    case 'anniversary': {
      const days = new Set(test.days);
      return (value) => {
        const date = value instanceof Date ? civilDateAt(test.zone, value.getTime()) : value;
        return typeof date === 'string' && days.has(date.slice(5));
      };
    }
    case 'list': {
      const holds = compileList(test);
      return (value) => Array.isArray(value) && holds(value);
    }
    case 'size': {
      const holds = compileNumber(test);
      return (value) => Array.isArray(value) && holds(value.length, 1);
    }
    default:
      return test satisfies never;
  }
}

/** A test with rule 1 of the language: with no value only `isEmpty` holds, or the leaf's `orMissing`. */
export function compileCondition({
  test,
  orMissing,
}: Pick<ResolvedCondition, 'test' | 'orMissing'>): Predicate<unknown> {
  const holds = compileTest(test);
  const whenMissing = orMissing || test.kind === 'isEmpty';
  return whenMissing ? (value) => value === null || value === undefined || holds(value) : holds;
}
