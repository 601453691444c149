import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderLine } from '../events/event.ts';
import { arbitraryRank } from '../testing/arbitrary-behaviour.ts';
import { awkwardCustomers } from '../testing/arbitrary-facts.ts';
import { arbitraryClock } from '../testing/arbitrary-rule.ts';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { aCustomer, anOrder, ruleOf } from '../testing/build.ts';
import { resolveAmong } from '../testing/resolve-among.ts';
import { fold } from '../text/fold.ts';
import { type CustomerFacts, type EventFacts, unitGetter } from './customer-facts.ts';
import { rankPlace } from './evaluate-rank.ts';
import { compileRule } from './evaluate-rule.ts';
import { compileFilter } from './evaluate-units.ts';
import { resolveRankQuestion } from './resolve-rank.ts';
import type { RankBasis } from './resolved-rule.ts';
import type { RankNode } from './rule.ts';

type Fraction = readonly [n: bigint, d: bigint];

/** What somebody is ranked by in whole fractions, or null without a unit that counts: the definition, slowly. */
function rankedBy({ eventTypes, unit, where, range, measure }: RankBasis, { events }: CustomerFacts): Fraction | null {
  const units = events
    .filter(({ type, at }) => {
      const instant = at.getTime();
      const isIn = (range.from === null || instant >= range.from) && (range.to === null || instant < range.to);
      return eventTypes.includes(type) && isIn;
    })
    .flatMap((event): [EventFacts, OrderLine | null][] =>
      unit === 'event' ? [[event, null]] : event.lines.map((line) => [event, line]),
    )
    .filter(([event, line]) => where === null || compileFilter(where)(event, line));
  if (measure.aggregate === 'count') return units.length === 0 ? null : [BigInt(units.length), 1n];
  const get = unitGetter(measure.field);
  const values = units.map(([event, line]) => get(event, line) ?? null).filter((value) => value !== null);
  if (measure.aggregate === 'distinct') {
    const different = new Set(values.map((value) => (typeof value === 'string' ? fold(value) : value)));
    return different.size === 0 ? null : [BigInt(different.size), 1n];
  }
  const { currency, scale, aggregate } = measure;
  const numbers = values
    .filter((value) => currency === null || (value as { currency: string }).currency === currency)
    .map((value) =>
      BigInt(Math.round((currency === null ? (value as number) : (value as { amount: number }).amount) * scale)),
    );
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((a, b) => a + b);
  if (aggregate === 'sum') return [sum, 1n];
  if (aggregate === 'avg') return [sum, BigInt(numbers.length)];
  return [numbers.reduce((a, b) => ((aggregate === 'min') === a < b ? a : b)), 1n];
}

const customers = awkwardCustomers(100, 23);

it('takes whoever has fewer people before them than its number of places', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(arbitraryRank(awkwardFields), arbitraryClock, (node, clock) => {
      const { basis } = resolveRankQuestion(node, [], { ...clock, fields: awkwardFields });
      const ranked = customers.flatMap((facts) => {
        const value = rankedBy(basis, facts);
        return value === null ? [] : [{ id: facts.id, value }];
      });
      const places =
        node.of === 'people' ? node.amount : Math.ceil((ranked.length * Math.round(node.amount * 100)) / 1e4);
      const isBetter = ([n, d]: Fraction, [m, e]: Fraction) =>
        node.direction === 'top' ? n * e > m * d : n * e < m * d;
      const expected = ranked.filter(
        ({ value }) => ranked.filter((other) => isBetter(other.value, value)).length < places,
      );
      const got = customers.filter(compileRule(resolveAmong(customers, ruleOf(node), clock)));
      expect(got.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }),
    { numRuns: 200 },
  );
});

describe('a rank', () => {
  const spent = (id: string, ...totals: number[]) =>
    aCustomer({ id, events: totals.map((total, i) => anOrder(`2026-06-0${i + 1}T00:00:00Z`, total)) });
  const taken = (people: CustomerFacts[], known: Partial<RankNode> = {}) => {
    const node: RankNode = {
      type: 'rank',
      direction: 'top',
      amount: 2,
      of: 'people',
      eventTypes: ['order'],
      unit: 'event',
      window: { type: 'ever' },
      measure: { aggregate: 'sum', field: 'total', currency: 'USD' },
      ...known,
    };
    const rule = resolveAmong(people, ruleOf(node), { now: Date.UTC(2026, 5, 17), zone: 'UTC' });
    return people.filter(compileRule(rule)).map(({ id }) => id);
  };

  it('lets ties share the better place', () => {
    expect(taken([spent('a', 5), spent('b', 3), spent('c', 3), spent('d', 1)])).toEqual(['a', 'b', 'c']);
    expect(taken([spent('a', 5), spent('b', 5), spent('c', 3)])).toEqual(['a', 'b']);
  });

  it('leaves out whoever has no event that counts, also from below', () => {
    expect(taken([spent('a'), spent('b', 3)], { direction: 'bottom' })).toEqual(['b']);
    expect(taken([spent('a')])).toEqual([]);
    const euro = aCustomer({ id: 'e', events: [anOrder('2026-06-01T00:00:00Z', 9, { currency: 'EUR' })] });
    expect(taken([euro, spent('b', 3)])).toEqual(['b']);
  });

  it('rounds a share of the people up', () => {
    const people = ['a', 'b', 'c'].map((id, i) => spent(id, 10 - i));
    expect(taken(people, { amount: 34, of: 'percent' })).toEqual(['a', 'b']);
    expect(taken(people, { amount: 0.01, of: 'percent' })).toEqual(['a']);
    expect(rankPlace({ amount: 0.07, of: 'percent' }, 10_000)).toBe(7);
    expect(rankPlace({ amount: 33.33, of: 'percent' }, 0)).toBe(0);
  });

  it('compares averages as fractions', () => {
    const average = { aggregate: 'avg', field: 'total', currency: 'USD' } as const;
    const third = spent('a', 1, 0, 0);
    expect(taken([third, spent('b', 1, 1, 0, 0, 0, 0), spent('c', 0)], { amount: 1, measure: average })).toEqual([
      'a',
      'b',
    ]);
  });
});
