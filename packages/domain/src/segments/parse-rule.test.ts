import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRule } from '../testing/arbitrary-rule.ts';
import { awkwardFields, forgottenCampaign } from '../testing/awkward-catalogue.ts';
import { refusal } from '../testing/refusal.ts';
import { parseRule } from './parse-rule.ts';
import type { RuleNode } from './rule.ts';

const leaf: RuleNode = { type: 'attribute', field: 'email', test: { operator: 'eq', value: 'a' } };
const rule = (root: unknown, rest = {}) => ({ version: 1, root, ...rest });
const nested = (depth: number): unknown => (depth === 1 ? leaf : { type: 'not', child: nested(depth - 1) });
const attribute = (test: unknown, field = 'email') => rule({ type: 'attribute', field, test });

const reason = (input: unknown) => refusal(input)?.details.reason;
const path = (input: unknown) => refusal(input)?.path.join('.');

describe('parseRule', () => {
  it('takes every rule of the language, and the same again after JSON', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(arbitraryRule(awkwardFields), (made) => {
        const text = JSON.stringify(made);
        expect(refusal(JSON.parse(text))).toBeNull();
        const parsed = parseRule(JSON.parse(text));
        expect(parsed.ok && parsed.value).toEqual(made);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['nothing', undefined, 'invalid', ''],
    ['another version', rule(leaf, { version: 2 }), 'version_unknown', 'version'],
    [
      'an empty group',
      rule({ type: 'all', children: [leaf, { type: 'any', children: [] }] }),
      'group_empty',
      'root.children.1',
    ],
    ['depth 9', rule(nested(9)), 'too_deep', 'root.child.child.child.child.child.child.child.child'],
    ['101 leaves', rule({ type: 'any', children: Array(101).fill(leaf) }), 'too_many_leaves', 'root'],
    ['a node that is not one', rule({ type: 'nobody' }), 'invalid', 'root.type'],
    ['a stranger beside the rest', rule({ ...leaf, $where: '1' }), 'invalid', 'root'],
    [
      'an operator that is not one',
      attribute({ operator: '$regex', value: 'a' }),
      'operator_wrong',
      'root.test.operator',
    ],
    ['501 values', attribute({ operator: 'in', values: Array(501).fill('a') }), 'too_many_values', 'root.test.values'],
    ['1,001 characters', attribute({ operator: 'eq', value: 'a'.repeat(1001) }), 'too_long', 'root.test.value'],
    ['a lone surrogate', attribute({ operator: 'contains', value: '\ud800' }), 'text_unstorable', 'root.test.value'],
    ['a null byte', attribute({ operator: 'in', values: ['a', '\0'] }), 'text_unstorable', 'root.test.values.1'],
    ['a zone that is not one', rule(leaf, { zone: 'Mars/Olympus' }), 'zone_unknown', 'zone'],
    [
      'a date that does not exist',
      attribute({ operator: 'within', window: { type: 'on', date: '2023-02-29' } }, 'createdAt'),
      'window_wrong',
      'root.test.window.date',
    ],
    [
      'an unknown field',
      attribute({ operator: 'eq', value: 'a' }, 'attributes.__proto__'),
      'field_unknown',
      'root.field',
    ],
    ['order on text', attribute({ operator: 'lt', value: 5 }), 'operator_wrong', 'root.test.operator'],
    [
      'equality on a list',
      attribute({ operator: 'eq', value: 'a' }, 'attributes.tags'),
      'operator_wrong',
      'root.test.operator',
    ],
    ['a number on text', attribute({ operator: 'eq', value: 5 }), 'value_wrong', 'root.test.value'],
    ['text on a number', attribute({ operator: 'eq', value: '5' }, 'attributes.age'), 'value_wrong', 'root.test.value'],
    [
      'a value that is no option',
      attribute({ operator: 'eq', value: 'gold' }, 'attributes.plan'),
      'value_not_an_option',
      'root.test.value',
    ],
    [
      'two currencies',
      attribute(
        { operator: 'between', from: { amount: 1, currency: 'USD' }, to: { amount: 2, currency: 'EUR' } },
        'attributes.worth',
      ),
      'currency_mixed',
      'root.test.to',
    ],
    [
      'hours of a day',
      attribute({ operator: 'within', window: { type: 'last', amount: 3, unit: 'hours' } }, 'attributes.born'),
      'window_wrong',
      'root.test.window',
    ],
    [
      'an endless anniversary',
      attribute({ operator: 'anniversary', window: { type: 'ever' } }, 'attributes.born'),
      'window_wrong',
      'root.test.window',
    ],
  ])('refuses %s with its path', (_, input, expectedReason, expectedPath) => {
    expect([reason(input), path(input)]).toEqual([expectedReason, expectedPath]);
  });

  it('refuses eleven filters on one unit, an unknown event type and a sum of texts', () => {
    const behaviour = {
      type: 'behaviour',
      eventTypes: ['order'],
      unit: 'event',
      window: { type: 'ever' },
      measure: { aggregate: 'count' },
      test: { operator: 'gte', value: 1 },
    };
    const filter = { type: 'field', field: 'currency', test: { operator: 'eq', value: 'USD' } };
    const filters = {
      type: 'all',
      children: [
        { type: 'any', children: Array(6).fill(filter) },
        { type: 'any', children: Array(5).fill(filter) },
      ],
    };
    expect(reason(rule({ ...behaviour, where: filters }))).toBe('too_many_filters');
    expect(path(rule({ ...behaviour, eventTypes: ['order', 'sneeze'] }))).toBe('root.eventTypes.1');
    expect(path(rule({ ...behaviour, measure: { aggregate: 'sum', field: 'currency' } }))).toBe('root.measure.field');
    expect(path(rule({ ...behaviour, where: { ...filter, field: 'line.category' } }))).toBe('root.where.field');
  });
});

const ever = { type: 'ever' };
const filter = { type: 'field', field: 'currency', test: { operator: 'eq', value: 'USD' } };
const elevenFilters = {
  type: 'not',
  child: {
    type: 'all',
    children: [
      { type: 'any', children: Array(6).fill(filter) },
      { type: 'any', children: Array(5).fill(filter) },
    ],
  },
};
const step = { eventTypes: ['order'] };
const sequence = (known: object) => rule({ type: 'sequence', steps: [step], window: ever, ...known });
const engagement = (known: object) => rule({ type: 'engagement', kind: 'opened', window: ever, ...known });
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
const unsound = { type: 'between', from: '2026-02-01', to: '2026-01-01' };

describe('a sequence is refused', () => {
  it.each([
    ['without a step', { steps: [] }, 'sequence_wrong', 'root.steps'],
    ['with eleven steps', { steps: Array(11).fill(step) }, 'sequence_wrong', 'root.steps'],
    [
      'of an unknown event',
      { steps: [step, { eventTypes: ['sneeze'] }] },
      'event_type_unknown',
      'root.steps.1.eventTypes.0',
    ],
    [
      'whose first step is to be near one before',
      { steps: [{ ...step, within: { amount: 1, unit: 'days', from: 'previous' } }] },
      'sequence_wrong',
      'root.steps.0.within',
    ],
    [
      'with months, which have no length',
      { steps: [step, { ...step, within: { amount: 1, unit: 'months', from: 'first' } }] },
      'sequence_wrong',
      'root.steps.1.within.unit',
    ],
    [
      'that asks lines',
      { steps: [{ ...step, where: { ...filter, field: 'line.name' } }] },
      'field_unknown',
      'root.steps.0.where.field',
    ],
    [
      'with eleven filters',
      { steps: [step, { ...step, where: elevenFilters }] },
      'too_many_filters',
      'root.steps.1.where',
    ],
    [
      'with eleven filters at its end',
      { notFollowedBy: { ...step, where: elevenFilters } },
      'too_many_filters',
      'root.notFollowedBy.where',
    ],
    [
      'that nothing unknown may follow',
      { notFollowedBy: { eventTypes: ['sneeze'] } },
      'event_type_unknown',
      'root.notFollowedBy.eventTypes.0',
    ],
    ['in a window that ends before it starts', { window: unsound }, 'window_wrong', 'root.window'],
  ])('%s', (_, known, expectedReason, expectedPath) => {
    expect([reason(sequence(known)), path(sequence(known))]).toEqual([expectedReason, expectedPath]);
  });
});

describe('engagement is refused', () => {
  it.each([
    ['of another kind', { kind: 'read' }, 'invalid', 'root.kind'],
    ['of an unknown campaign', { campaignId: forgottenCampaign }, 'campaign_unknown', 'root.campaignId'],
    ['of what is no campaign', { campaignId: '$ne' }, 'campaign_unknown', 'root.campaignId'],
    ['counted as a text', { test: { operator: 'contains', value: '1' } }, 'operator_wrong', 'root.test.operator'],
    [
      'counted in money',
      { test: { operator: 'gte', value: { amount: 1, currency: 'USD' } } },
      'value_wrong',
      'root.test.value',
    ],
    ['in a window that ends before it starts', { window: unsound }, 'window_wrong', 'root.window'],
  ])('%s', (_, known, expectedReason, expectedPath) => {
    expect([reason(engagement(known)), path(engagement(known))]).toEqual([expectedReason, expectedPath]);
  });
});

describe('a rank is refused', () => {
  it.each([
    ['of nobody', { amount: 0 }, 'rank_wrong', 'root.amount'],
    ['of more than all', { amount: 100.01 }, 'rank_wrong', 'root.amount'],
    ['of three decimals', { amount: 0.125 }, 'rank_wrong', 'root.amount'],
    ['of half a person', { amount: 1.5, of: 'people' }, 'rank_wrong', 'root.amount'],
    [
      'by money without a currency',
      { measure: { aggregate: 'sum', field: 'total' } },
      'measure_wrong',
      'root.measure.currency',
    ],
    [
      'by numbers with a currency',
      { measure: { aggregate: 'sum', field: 'properties.minutes', currency: 'USD' } },
      'measure_wrong',
      'root.measure.currency',
    ],
    [
      'by the sum of texts',
      { measure: { aggregate: 'sum', field: 'properties.channel' } },
      'measure_wrong',
      'root.measure.field',
    ],
    [
      'by the last value',
      { measure: { aggregate: 'last', field: 'total' } },
      'measure_wrong',
      'root.measure.aggregate',
    ],
    [
      'by an unknown field',
      { measure: { aggregate: 'sum', field: 'properties.__proto__' } },
      'field_unknown',
      'root.measure.field',
    ],
    ['with eleven filters', { where: elevenFilters }, 'too_many_filters', 'root.where'],
    ['of an unknown event', { eventTypes: ['sneeze'] }, 'event_type_unknown', 'root.eventTypes.0'],
    ['in a window that ends before it starts', { window: unsound }, 'window_wrong', 'root.window'],
  ])('%s', (_, known, expectedReason, expectedPath) => {
    expect([reason(rank(known)), path(rank(known))]).toEqual([expectedReason, expectedPath]);
  });
});
