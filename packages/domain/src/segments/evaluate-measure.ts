import type { OrderLine } from '../events/event.ts';
import { fold } from '../text/fold.ts';
import { amountGetter, type EventFacts, unitGetter } from './customer-facts.ts';
import { compileOccurrence, linesOf, occurs } from './evaluate-units.ts';
import type { RankBasis, ResolvedMeasure } from './resolved-rule.ts';

/**
 * What is made of a customer's units: the fraction `n / d`, where an average is a sum over a count and anything else has d = 1.
 * A sum that a number can't hold exactly is a BigInt, so that every reader has the same one.
 */
export interface Measured {
  readonly n: number | bigint;
  readonly d: number;
  /** How many contributed; with 0 all but counts and sums, which are 0 then, have no value. */
  readonly units: number;
}

/** Measures the events of one customer. The answer is the same object at each call: read it before the next one. */
export type Measuring = (events: readonly EventFacts[]) => Measured;

interface Tally {
  n: number | bigint;
  d: number;
  units: number;
}

const emptyTally = (): Tally => ({ n: 0, d: 1, units: 0 });

/** Compiles a measure of many units; `first` and `last` are one unit's value, see compileBehaviour. */
export function compileMeasure(basis: RankBasis): Measuring {
  const { measure } = basis;
  switch (measure.aggregate) {
    case 'count':
      return compileCount(basis);
    case 'distinct':
      return compileDistinct(basis, measure);
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return compileAmount(basis, measure);
    default:
      return measure satisfies never;
  }
}

function compileCount(basis: RankBasis): Measuring {
  const { only, types, isTimed, from, to, where, isPerLine } = compileOccurrence(basis);
  const tally = emptyTally();
  return (events) => {
    let count = 0;
    for (const event of events) {
      // `occurs`, written out: most of the time that rules take is spent in this loop.
      if (only === null ? !types.has(event.type) : event.type !== only) continue;
      if (isTimed) {
        const at = event.at.getTime();
        if (at < from || at >= to) continue;
      }
      if (!isPerLine) {
        if (where === null || where(event, null)) count++;
      } else if (where === null) count += event.lines.length;
      else for (const line of event.lines) if (where(event, line)) count++;
    }
    tally.n = count;
    tally.units = count;
    return tally;
  };
}

function compileDistinct(basis: RankBasis, { field }: Extract<ResolvedMeasure, { aggregate: 'distinct' }>): Measuring {
  const when = compileOccurrence(basis);
  const { where } = when;
  const get = unitGetter(field);
  const tally = emptyTally();
  const seen = new Set<unknown>();
  return (events) => {
    if (seen.size > 0) seen.clear();
    for (const event of events) {
      if (!occurs(event, when)) continue;
      for (const line of linesOf(event, when)) {
        if (where !== null && !where(event, line)) continue;
        const value = get(event, line);
        if (value !== null && value !== undefined) seen.add(typeof value === 'string' ? fold(value) : value);
      }
    }
    tally.n = seen.size;
    tally.units = seen.size;
    return tally;
  };
}

type AmountMeasure = Extract<ResolvedMeasure, { scale: number }>;

/** The unit's number in the measure's scale, or null: nothing there, or another currency. */
function compileScaled({
  field,
  scale,
  currency,
}: AmountMeasure): (event: EventFacts, line: OrderLine | null) => number | null {
  if (currency !== null) {
    const amount = amountGetter(field);
    return (event, line) => (event.currency === currency ? amount(event, line) : null);
  }
  const get = unitGetter(field);
  return (event, line) => {
    const value = get(event, line);
    return typeof value === 'number' ? Math.round(value * scale) : null;
  };
}

function compileAmount(basis: RankBasis, measure: AmountMeasure): Measuring {
  const when = compileOccurrence(basis);
  const { where } = when;
  const scaled = compileScaled(measure);
  const { aggregate } = measure;
  const tally = emptyTally();
  return (events) => {
    let units = 0;
    let sum = 0;
    let beyond = 0n;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (const event of events) {
      if (!occurs(event, when)) continue;
      for (const line of linesOf(event, when)) {
        if (where !== null && !where(event, line)) continue;
        const value = scaled(event, line);
        if (value === null) continue;
        units++;
        const next = sum + value;
        if (next <= Number.MAX_SAFE_INTEGER && next >= Number.MIN_SAFE_INTEGER) sum = next;
        else {
          beyond += BigInt(sum);
          sum = value;
        }
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
    tally.units = units;
    tally.d = aggregate === 'avg' ? units : 1;
    tally.n =
      aggregate === 'min' ? min : aggregate === 'max' ? max : beyond === 0n ? sum : exactly(beyond + BigInt(sum));
    return tally;
  };
}

const exactly = (sum: bigint): number | bigint => (Number.isSafeInteger(Number(sum)) ? Number(sum) : sum);
