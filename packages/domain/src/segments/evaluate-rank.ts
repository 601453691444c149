import type { CustomerFacts, EventFacts } from './customer-facts.ts';
import { compileMeasure, type Measured } from './evaluate-measure.ts';
import type { Predicate } from './evaluate-test.ts';
import type { Cutoff, RankQuestion, ResolvedRank } from './resolved-rule.ts';

/** A rank as a function of all that a customer did: it holds for whoever has a value as good as the last one who is in. */
export function compileRank(node: ResolvedRank): Predicate<readonly EventFacts[]> {
  const { cutoff, direction } = node;
  if (cutoff === null) return () => false;
  const measured = compileMeasure(node);
  const isTop = direction === 'top';
  return (events) => {
    const value = measured(events);
    if (value.units === 0) return false;
    const order = compareValues(value, cutoff);
    return isTop ? order >= 0 : order <= 0;
  };
}

/**
 * The value of the last one whom a rank takes in, the meaning of `AudienceReader.cutoff`; null where nobody has a unit that
 * counts. It is bound into the rule, so that whoever has the same value shares the rank.
 */
export function rankCutoff(question: RankQuestion, people: Iterable<CustomerFacts>): Cutoff | null {
  const rankedBy = compileRankValue(question);
  const values: Cutoff[] = [];
  for (const facts of people) {
    const value = rankedBy(facts);
    if (value) values.push(value);
  }
  return cutoffOf(question, values);
}

/** The value by which a customer is ranked; null without a unit that counts. For readers that can't hold all people at once. */
export function compileRankValue({ basis }: Pick<RankQuestion, 'basis'>): (facts: CustomerFacts) => Cutoff | null {
  const measured = compileMeasure(basis);
  return ({ events }) => {
    const { n, d, units } = measured(events);
    return units > 0 ? { n: Number(n), d } : null;
  };
}

/** The value of the last one whom a rank takes in, of the values of all who have one, which it puts in order. */
export function cutoffOf(question: Omit<RankQuestion, 'key' | 'basis'>, values: Cutoff[]): Cutoff | null {
  const sign = question.direction === 'top' ? -1 : 1;
  values.sort((a, b) => sign * compareValues(a, b));
  return values[rankPlace(question, values.length) - 1] ?? null;
}

/** The place, from 1, of the last one whom a rank takes in among so many people who have one; 0 among none. */
export function rankPlace({ amount, of }: Pick<RankQuestion, 'amount' | 'of'>, people: number): number {
  if (of === 'people') return Math.min(amount, people);
  // Percents have two decimals at most: in whole hundredths nothing is lost before it is rounded up.
  return Math.min(people, Math.ceil((people * Math.round(amount * 100)) / 10_000));
}

/** The sign of the difference of two fractions, exactly. */
export function compareValues(a: Pick<Measured, 'n' | 'd'>, b: Pick<Measured, 'n' | 'd'>): number {
  if (a.d === b.d) return a.n < b.n ? -1 : a.n > b.n ? 1 : 0;
  const difference = BigInt(a.n) * BigInt(b.d) - BigInt(b.n) * BigInt(a.d);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
