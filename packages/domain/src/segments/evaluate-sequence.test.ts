import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awkwardCustomers } from '../testing/arbitrary-facts.ts';
import { arbitraryClock } from '../testing/arbitrary-rule.ts';
import { arbitrarySequence } from '../testing/arbitrary-sequence.ts';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { aCustomer, anOrder, ruleOf } from '../testing/build.ts';
import { resolveAmong } from '../testing/resolve-among.ts';
import type { EventFacts } from './customer-facts.ts';
import { compileRule, evaluateRule } from './evaluate-rule.ts';
import { compileFilter } from './evaluate-units.ts';
import type { ResolvedFilter, ResolvedSequence } from './resolved-rule.ts';
import type { SequenceNode } from './rule.ts';

/** The definition in as many words: tries every choice of events, one for each step. */
function someChoiceFulfils(node: ResolvedSequence, events: readonly EventFacts[]): boolean {
  const { steps, range, until, notFollowedBy: end } = node;
  const at = (event: EventFacts) => event.at.getTime();
  const isOf = (
    event: EventFacts,
    { eventTypes, where }: { eventTypes: readonly string[]; where: ResolvedFilter | null },
  ) => eventTypes.includes(event.type) && (where === null || compileFilter(where)(event, null));
  const seen = events.filter((event) => at(event) < until);
  const isQuietAfter = (last: number): boolean => {
    if (!end) return true;
    const to = end.withinMs === null ? until : last + end.withinMs;
    return to <= until && !seen.some((event) => isOf(event, end) && at(event) > last && at(event) < to);
  };
  const follows = (chosen: readonly number[], i: number): boolean => {
    const step = steps[i];
    if (!step) return isQuietAfter(chosen.at(-1) ?? 0);
    return seen.some((event) => {
      const instant = at(event);
      if (!isOf(event, step)) return false;
      if (i === 0) {
        if ((range.from !== null && instant < range.from) || (range.to !== null && instant >= range.to)) return false;
      } else {
        if (instant <= (chosen.at(-1) ?? 0)) return false;
        const from = step.within?.from === 'first' ? chosen[0] : chosen.at(-1);
        if (step.within && instant - (from ?? 0) >= step.within.ms) return false;
      }
      return follows([...chosen, instant], i + 1);
    });
  };
  return follows([], 0);
}

const customers = awkwardCustomers(120, 11);

it('holds for exactly those of whose events some choice fulfils it', { timeout: 60_000 }, () => {
  let held = 0;
  fc.assert(
    fc.property(arbitrarySequence(awkwardFields), arbitraryClock, (node, clock) => {
      const resolved = resolveAmong(customers, ruleOf(node), clock);
      const expected = customers.filter(({ events }) => someChoiceFulfils(resolved.root as ResolvedSequence, events));
      expect(customers.filter(compileRule(resolved)).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      held += expected.length;
    }),
    { numRuns: 200, seed: 4 },
  );
  // Both answers have to come up for this to say anything.
  expect(held).toBeGreaterThan(1000);
});

describe('a sequence', () => {
  const now = Date.UTC(2026, 5, 17, 12);
  const holds = (node: Partial<SequenceNode>, events: [type: string, at: string][]) =>
    evaluateRule(
      resolveAmong([], ruleOf({ type: 'sequence', steps: [], window: { type: 'ever' }, ...node }), {
        now,
        zone: 'UTC',
      }),
      aCustomer({ events: events.map(([type, at], i) => anOrder(at, 100, { type, eventId: String(i) })) }),
    );
  const then = (within?: SequenceNode['steps'][number]['within']): SequenceNode['steps'] => [
    { eventTypes: ['order'] },
    { eventTypes: ['visit'], ...(within ? { within } : {}) },
  ];
  const day = (from: 'previous' | 'first') => ({ amount: 1, unit: 'days', from }) as const;

  it('wants its steps strictly one after the other', () => {
    expect(
      holds({ steps: then() }, [
        ['order', '2026-06-01T00:00:00Z'],
        ['visit', '2026-06-01T00:00:00.001Z'],
      ]),
    ).toBe(true);
    expect(
      holds({ steps: then() }, [
        ['order', '2026-06-01T00:00:00Z'],
        ['visit', '2026-06-01T00:00:00Z'],
      ]),
    ).toBe(false);
    expect(
      holds({ steps: then() }, [
        ['visit', '2026-06-01T00:00:00Z'],
        ['order', '2026-06-02T00:00:00Z'],
      ]),
    ).toBe(false);
  });

  it('takes one event for one step only', () => {
    const twice = [{ eventTypes: ['order'] }, { eventTypes: ['order'] }];
    expect(holds({ steps: twice }, [['order', '2026-06-01T00:00:00Z']])).toBe(false);
  });

  it('takes less than the time allowed, by the clock', () => {
    const after = (at: string) =>
      holds({ steps: then(day('previous')) }, [
        ['order', '2026-06-01T00:00:00Z'],
        ['visit', at],
      ]);
    expect([after('2026-06-01T23:59:59.999Z'), after('2026-06-02T00:00:00Z')]).toEqual([true, false]);
  });

  it('counts from the first step where it says so', () => {
    const steps = [...then(), { eventTypes: ['call'], within: day('first') }];
    const events: [string, string][] = [
      ['order', '2026-06-01T00:00:00Z'],
      ['visit', '2026-06-01T20:00:00Z'],
      ['call', '2026-06-02T01:00:00Z'],
    ];
    expect(holds({ steps }, events)).toBe(false);
    expect(holds({ steps }, [['order', '2026-06-01T10:00:00Z'], ...events])).toBe(true);
  });

  it('is found whatever order the events come in', () => {
    expect(
      holds({ steps: then() }, [
        ['visit', '2026-06-03T00:00:00Z'],
        ['order', '2026-06-01T00:00:00Z'],
      ]),
    ).toBe(true);
  });

  it('sees nothing from now on', () => {
    expect(
      holds({ steps: then() }, [
        ['order', '2026-06-01T00:00:00Z'],
        ['visit', '2026-06-17T12:00:00Z'],
      ]),
    ).toBe(false);
  });

  it('has its first step in the window, the others after it', () => {
    const window = { type: 'on', date: '2026-06-01' } as const;
    const events: [string, string][] = [
      ['order', '2026-06-01T10:00:00Z'],
      ['visit', '2026-06-05T00:00:00Z'],
    ];
    expect(holds({ steps: then(), window }, events)).toBe(true);
    expect(holds({ steps: then(), window: { type: 'on', date: '2026-06-05' } }, events)).toBe(false);
  });

  it('holds once the time in which nothing must follow has passed, not before', () => {
    const notFollowedBy = { eventTypes: ['visit'], within: { amount: 2, unit: 'days' } } as const;
    const quiet = (...events: [string, string][]) =>
      holds({ steps: [{ eventTypes: ['order'] }], notFollowedBy: { ...notFollowedBy, eventTypes: ['visit'] } }, events);
    expect(quiet(['order', '2026-06-15T12:00:00Z'])).toBe(true);
    expect(quiet(['order', '2026-06-15T12:00:00.001Z'])).toBe(false);
    expect(quiet(['order', '2026-06-10T12:00:00Z'], ['visit', '2026-06-12T11:59:59.999Z'])).toBe(false);
    expect(quiet(['order', '2026-06-10T12:00:00Z'], ['visit', '2026-06-12T12:00:00Z'])).toBe(true);
    expect(quiet(['order', '2026-06-10T12:00:00Z'], ['visit', '2026-06-10T12:00:00Z'])).toBe(true);
  });

  it('holds by any of its ends', () => {
    const abandoned = { steps: [{ eventTypes: ['added_to_cart'] }], notFollowedBy: { eventTypes: ['order'] } };
    expect(
      holds(abandoned, [
        ['added_to_cart', '2026-06-10T00:00:00Z'],
        ['order', '2026-06-11T00:00:00Z'],
      ]),
    ).toBe(false);
    expect(
      holds(abandoned, [
        ['added_to_cart', '2026-06-10T00:00:00Z'],
        ['order', '2026-06-11T00:00:00Z'],
        ['added_to_cart', '2026-06-12T00:00:00Z'],
      ]),
    ).toBe(true);
  });
});
