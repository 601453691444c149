import { describe, expect, it } from 'vitest';
import { attributeSlugSchema } from '../attributes/attribute.ts';
import { aCustomer, ruleOf, where } from '../testing/build.ts';
import { refusal } from '../testing/refusal.ts';
import { resolveAmong } from '../testing/resolve-among.ts';
import { evaluateRule } from './evaluate-rule.ts';
import type { RuleNode } from './rule.ts';

const leaf: RuleNode = { type: 'attribute', field: 'email', test: { operator: 'eq', value: 'a' } };
const rule = (root: unknown, rest = {}) => ({ version: 1, root, ...rest });
const attribute = (test: unknown, field = 'email') => rule({ type: 'attribute', field, test });
const reason = (input: unknown) => refusal(input)?.details.reason;

const ever = { type: 'ever' };
const filter = { type: 'field', field: 'currency', test: { operator: 'eq', value: 'USD' } };
const step = { eventTypes: ['order'] };
const sequence = (known: object) => rule({ type: 'sequence', steps: [step], window: ever, ...known });
const rank = (known: object) =>
  rule({
    type: 'rank',
    direction: 'top',
    amount: 10,
    of: 'percent',
    eventTypes: ['order'],
    unit: 'event',
    window: ever,
    measure: { aggregate: 'sum', field: 'total', currency: 'USD' },
    ...known,
  });

describe('hostile input is refused without running out of stack or memory', { timeout: 30_000 }, () => {
  const deep = (innermost: unknown) => {
    let node: unknown = innermost;
    for (let i = 0; i < 100_000; i++) node = { type: 'not', child: node };
    return node;
  };
  const text = 'x'.repeat(10_000_000);
  const many = Array(1_000_000).fill('abcdefg');
  const behaviour = (where: unknown) => ({
    type: 'behaviour',
    eventTypes: ['order'],
    unit: 'event',
    window: ever,
    where,
  });

  it.each([
    ['100,000 nots', rule(deep(leaf)), 'too_deep'],
    ['filters 100,000 deep', rule(behaviour(deep(filter))), 'too_deep'],
    ['such filters in a step', sequence({ steps: [{ ...step, where: deep(filter) }] }), 'too_deep'],
    ['such filters at the end', sequence({ notFollowedBy: { ...step, where: deep(filter) } }), 'too_deep'],
    ['such filters of a rank', rank({ where: deep(filter) }), 'too_deep'],
    ['such filters beside children', rule(behaviour({ type: 'not', children: [], child: deep(filter) })), 'too_deep'],
    ['such filters beside a field', rule(behaviour({ ...filter, child: deep(filter) })), 'invalid'],
    ['a text of 10 MB', attribute({ operator: 'eq', value: text }), 'too_long'],
    ['a field of 10 MB', attribute({ operator: 'isSet' }, text), 'too_long'],
    ['a node of 10 MB', rule({ type: text }), 'too_long'],
    ['a zone of 10 MB', rule(leaf, { zone: text }), 'too_long'],
    ['a segment of 10 MB', rule({ type: 'inSegment', segmentId: text }), 'too_long'],
    ['a million values', attribute({ operator: 'in', values: many }), 'too_many_values'],
    [
      'a million values that are none',
      attribute({ operator: 'in', values: Array(1_000_000).fill({}) }),
      'too_many_values',
    ],
    ['a million event types', rule({ ...behaviour(undefined), eventTypes: many }), 'too_many_values'],
    ['a million steps', sequence({ steps: Array(1_000_000).fill(step) }), 'sequence_wrong'],
    ['a million children', rule({ type: 'all', children: Array(1_000_000).fill(leaf) }), 'too_many_leaves'],
    [
      'a million filters',
      rule(behaviour({ type: 'all', children: Array(1_000_000).fill(filter) })),
      'too_many_filters',
    ],
    [
      '100,000 strangers',
      rule({ ...leaf, ...Object.fromEntries(many.slice(0, 100_000).map((_, i) => [`k${i}`, i])) }),
      'invalid',
    ],
  ])('%s', (_, input, expectedReason) => {
    expect(reason(input)).toBe(expectedReason);
  });
});

describe('a dangerous text', () => {
  const dangerous = [
    "o'brien",
    '";--',
    '; drop table customers',
    '$where',
    '{"$gt":""}',
    '👩‍👩‍👧',
    '__proto__',
    '$(1)',
    '\\',
    '\u2028',
  ];

  it.each(dangerous)('%j is a value like any other', (value) => {
    const holds = (color: string) =>
      evaluateRule(
        resolveAmong([], ruleOf(where('attributes.color', { operator: 'eq', value })), { now: 0, zone: 'UTC' }),
        aCustomer({ attributes: { color } }),
      );
    expect([refusal(attribute({ operator: 'eq', value }, 'attributes.color')), holds(value), holds('red')]).toEqual([
      null,
      true,
      false,
    ]);
  });

  it.each(dangerous)('%j is no field, event, operator or segment', (name) => {
    expect(reason(attribute({ operator: 'isSet' }, name))).toBe('field_unknown');
    expect(reason(attribute({ operator: 'isSet' }, `attributes.${name}`))).toBe('field_unknown');
    expect(reason(attribute({ operator: name, value: 'a' }))).toBe('operator_wrong');
    expect(reason(rank({ eventTypes: [name] }))).toBe('invalid');
    expect(reason(rule({ type: 'inSegment', segmentId: name }))).toBe('segment_unknown');
    expect(reason(rule({ type: name }))).toBe('invalid');
  });

  it.each(['\ud800', 'a\udc00b', '\0', 'a\0b'])('%j is refused wherever it stands', (value) => {
    const tests = [
      { operator: 'eq', value },
      { operator: 'in', values: ['a', value] },
      { operator: 'startsWith', value },
      { operator: 'includesAny', values: [value] },
    ];
    for (const test of tests) expect(reason(attribute(test, 'attributes.color'))).toBe('text_unstorable');
    expect(reason(sequence({ steps: [{ ...step, where: { ...filter, test: tests[0] } }] }))).toBe('text_unstorable');
    expect(reason(rank({ where: { ...filter, test: tests[1] } }))).toBe('text_unstorable');
  });

  it('names an attribute as its catalogue does, and never what every object has', () => {
    const isSet = (field: string, attributes: Record<string, string>) =>
      evaluateRule(
        resolveAmong([], ruleOf(where(field, { operator: 'isSet' })), { now: 0, zone: 'UTC' }),
        aCustomer({ attributes }),
      );
    expect([isSet('attributes.constructor', {}), isSet('attributes.constructor', { constructor: 'x' })]).toEqual([
      false,
      true,
    ]);
    for (const name of ['__proto__', 'toString', 'x'.repeat(200)]) {
      expect(reason(attribute({ operator: 'isSet' }, `attributes.${name}`))).toBe('field_unknown');
      expect(attributeSlugSchema.safeParse(name).success).toBe(false);
    }
  });
});
