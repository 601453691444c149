import { describe, expect, it } from 'vitest';
import type { SegmentId } from '../ids/id.ts';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { aCustomer, anOrder, orders, ruleOf, where } from '../testing/build.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { checkRule, rankQuestions, resolveRule } from './resolve-rule.ts';
import type { RankNode, Rule, RuleNode } from './rule.ts';

const id = (name: string) => `seg_${name}` as SegmentId;
const within = (name: string): RuleNode => ({ type: 'inSegment', segmentId: id(name) });
const red = where('attributes.color', { operator: 'eq', value: 'red' });
const any = (...children: RuleNode[]): RuleNode => ({ type: 'any', children });

/** Checks a rule among segments that are given by their roots, null for a list. */
const check = (root: RuleNode, segments: Record<string, RuleNode | null> = {}) => {
  const checked = checkRule(ruleOf(root), { now: 0, zone: 'UTC', fields: awkwardFields, segments: rulesOf(segments) });
  return checked.ok ? null : [checked.error.details.reason, checked.error.path.join('.'), checked.error.details.limit];
};
const rulesOf = (segments: Record<string, RuleNode | null>): Map<SegmentId, Rule | null> =>
  new Map(Object.entries(segments).map(([name, root]) => [id(name), root && ruleOf(root)]));

describe('another segment', () => {
  it('has to be known', () => {
    expect(check(within('a'), { a: red })).toBeNull();
    expect(check(within('a'), { a: null })).toBeNull();
    expect(check(any(red, within('a')))).toEqual(['segment_unknown', 'root.children.1.segmentId', undefined]);
  });

  it('must not lead back to itself', () => {
    expect(check(within('a'), { a: within('a') })).toEqual(['segment_cycle', 'root.segmentId', undefined]);
    expect(check(within('a'), { a: within('b'), b: any(red, within('a')) })?.[0]).toBe('segment_cycle');
    // Twice beside each other is no way back.
    expect(check(any(within('a'), within('a')), { a: red })).toBeNull();
  });

  it('may name others five deep', () => {
    const chain = (length: number) =>
      Object.fromEntries([...Array(length).keys()].map((i) => [`s${i}`, i === 0 ? red : within(`s${i - 1}`)]));
    expect(check(within('s4'), chain(5))).toBeNull();
    expect(check(within('s5'), chain(6))).toEqual(['segments_too_deep', 'root.segmentId', 5]);
  });

  it('counts with all its leaves, 500 at most', () => {
    const hundred = any(...Array<RuleNode>(100).fill(red));
    const five = any(...Array<RuleNode>(5).fill(within('hundred')));
    expect(check(five, { hundred })).toBeNull();
    expect(check(any(five, red), { hundred })).toEqual(['too_many_leaves', 'root.children.1', 500]);
    expect(check(any(red, five), { hundred })).toEqual([
      'too_many_leaves',
      'root.children.1.children.4.segmentId',
      500,
    ]);
    // Doubling five times over stays bounded.
    const doubling = { a: hundred, b: any(within('a'), within('a')), c: any(within('b'), within('b'), within('b')) };
    expect(check(within('c'), doubling)?.[0]).toBe('too_many_leaves');
  });

  it('tells what is wrong with its rule at the node that names it', () => {
    const gone = where('attributes.gone', { operator: 'isSet' });
    expect(check(any(red, within('a')), { a: gone })).toEqual([
      'field_unknown',
      'root.children.1.segmentId',
      undefined,
    ]);
  });

  it('keeps its own zone, or the organization’s, never that of the rule that names it', () => {
    const today = orders({ operator: 'gte', value: 1 }, { window: { type: 'this', unit: 'day' } });
    const segments = new Map<SegmentId, Rule>([
      [id('own'), { version: 1, zone: 'Asia/Kathmandu', root: today }],
      [id('plain'), ruleOf(today)],
    ]);
    const now = Date.UTC(2026, 5, 17, 20);
    const facts = aCustomer({ events: [anOrder('2026-06-17T17:00:00Z', 1)] });
    const holds = (name: string) => {
      const rule: Rule = { version: 1, zone: 'Asia/Kathmandu', root: within(name) };
      const resolved = resolveRule(rule, { now, zone: 'UTC', fields: awkwardFields, segments });
      return resolved.ok && evaluateRule(resolved.value, facts);
    };
    // In Kathmandu the 18th began at 18:15 UTC.
    expect([holds('own'), holds('plain')]).toEqual([false, true]);
  });

  it('is whoever is on it where it is a list', () => {
    const resolved = resolveRule(ruleOf(within('a')), {
      now: 0,
      zone: 'UTC',
      fields: awkwardFields,
      segments: rulesOf({ a: null }),
    });
    const holds = (lists: SegmentId[]) => resolved.ok && evaluateRule(resolved.value, aCustomer({ lists }));
    expect([holds([id('b'), id('a')]), holds([id('b')])]).toEqual([true, false]);
  });
});

describe('a rank', () => {
  const rank = (amount: number): RankNode => ({
    type: 'rank',
    direction: 'top',
    amount,
    of: 'people',
    eventTypes: ['order'],
    unit: 'event',
    window: { type: 'ever' },
    measure: { aggregate: 'count' },
  });
  const context = { now: 0, zone: 'UTC', fields: awkwardFields, segments: rulesOf({ a: rank(3) }) };

  it('asks each different question once, those of other segments too', () => {
    const asked = rankQuestions(ruleOf(any(rank(3), within('a'), rank(4))), context);
    expect(asked.ok && asked.value.map(({ amount }) => amount)).toEqual([3, 4]);
  });

  it('can’t be bound without its answer; nobody has a rank where the answer is null', () => {
    const rule = ruleOf(rank(3));
    expect(() => resolveRule(rule, context)).toThrow('cut-off');
    const asked = rankQuestions(rule, context);
    const cutoffs = new Map(asked.ok ? asked.value.map(({ key }) => [key, null]) : []);
    const resolved = resolveRule(rule, { ...context, cutoffs });
    expect(resolved.ok && resolved.value.root).toMatchObject({ type: 'rank', cutoff: null });
  });
});
