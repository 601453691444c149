import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awkwardCustomers } from '../testing/arbitrary-facts.ts';
import { arbitraryClock } from '../testing/arbitrary-rule.ts';
import { orders, ruleOf, where } from '../testing/build.ts';
import { resolveAmong } from '../testing/resolve-among.ts';
import type { Clock } from '../time/resolve-window.ts';
import { lengthUnits, type Window } from '../time/window.ts';
import { compileRule } from './evaluate-rule.ts';
import type { RuleNode, SequenceNode } from './rule.ts';

const customers = awkwardCustomers(120, 31);
const members = (root: RuleNode, clock: Clock): string[] =>
  customers.filter(compileRule(resolveAmong(customers, ruleOf(root), clock))).map(({ id }) => id);

/** A length, by the calendar or rolling, and one at least as long in the same unit. */
const lengths = fc
  .record({
    one: fc.integer({ min: 1, max: 40 }),
    other: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom(...lengthUnits),
    rolls: fc.boolean(),
  })
  .map(({ one, other, unit, rolls }) => ({
    short: Math.min(one, other),
    long: Math.max(one, other),
    of: { unit, ...(rolls && (unit === 'days' || unit === 'weeks') ? { mode: 'rolling' as const } : {}) },
  }));

type Of = { unit: (typeof lengthUnits)[number]; mode?: 'rolling' };
const last = (amount: number, of: Of): Window => ({ type: 'last', amount, ...of });
const ago = (amount: number, of: Of): Window => ({ type: 'moreThanAgo', amount, ...of });

const leaves: [string, (window: Window) => RuleNode][] = [
  ['a date', (window) => where('createdAt', { operator: 'within', window })],
  ['behaviour', (window) => orders({ operator: 'gte', value: 1 }, { window })],
  ['engagement', (window) => ({ type: 'engagement', kind: 'opened', includeMachine: true, window })],
  ['messages left unopened', (window) => ({ type: 'engagement', kind: 'sentNotOpened', window })],
  [
    'a sequence',
    (window): SequenceNode => ({
      type: 'sequence',
      steps: [{ eventTypes: ['order', 'visit'] }, { eventTypes: ['order', 'refund', 'call'] }],
      window,
    }),
  ],
];

describe.each(leaves)('the window of %s', { timeout: 60_000 }, (_, leaf) => {
  it('never has fewer people when it is longer', () => {
    fc.assert(
      fc.property(lengths, arbitraryClock, ({ short, long, of }, clock) => {
        expect(members(leaf(last(long, of)), clock)).toEqual(
          expect.arrayContaining(members(leaf(last(short, of)), clock)),
        );
        expect(members(leaf(ago(short, of)), clock)).toEqual(
          expect.arrayContaining(members(leaf(ago(long, of)), clock)),
        );
      }),
      { numRuns: 60 },
    );
  });
});

it('has every moment before now either in the last n or more than n ago', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(lengths, arbitraryClock, ({ short, of }, clock) => {
      const past = customers.filter(({ createdAt }) => createdAt.getTime() < clock.now).map(({ id }) => id);
      const added = (window: Window) => members(where('createdAt', { operator: 'within', window }), clock);
      const recent = added(last(short, of));
      expect(past.filter((id) => !recent.includes(id))).toEqual(added(ago(short, of)));

      /** How many orders each had in a window, told by the nine rules of which just one holds. */
      const counted = (window: Window) => {
        const byCount = [...Array(9).keys()].map((value) =>
          members(orders({ operator: 'eq', value }, { window }), clock),
        );
        return (id: string) => byCount.findIndex((ids) => ids.includes(id));
      };
      const [recently, before] = [counted(last(short, of)), counted(ago(short, of))];
      for (const { id, events } of customers) {
        const inAll = events.filter(({ type, at }) => type === 'order' && at.getTime() < clock.now).length;
        expect(recently(id) + before(id)).toBe(inAll);
      }
    }),
    { numRuns: 20 },
  );
});
