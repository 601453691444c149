import fc from 'fast-check';
import { type Field, type FieldCatalogue, unitField } from '../segments/fields.ts';
import { aggregateOperators, operatorsByType } from '../segments/operators.ts';
import type {
  AttributeNode,
  BehaviourNode,
  Measure,
  Operator,
  Rule,
  RuleNode,
  Test,
  UnitFilter,
} from '../segments/rule.ts';
import type { Window } from '../time/window.ts';
import { calendarUnits, lengthUnits, periodUnits } from '../time/window.ts';
import {
  awkwardAmounts,
  awkwardCurrencies,
  awkwardDates,
  awkwardFields,
  awkwardNows,
  awkwardNumbers,
  awkwardTexts,
  awkwardZones,
} from './awkward-values.ts';

const date = fc.constantFrom(...awkwardDates);
const dates = fc.tuple(date, date).map((pair) => pair.sort() as [string, string]);
const amount = fc.constantFrom(1, 2, 3, 4, 5, 7, 30);

/** A window that fits values with a time, or with `ofDays` also plain dates. */
export function arbitraryWindow(ofDays = false): fc.Arbitrary<Window> {
  const unit = ofDays ? fc.constantFrom(...calendarUnits) : fc.constantFrom(...lengthUnits);
  const rolls = (window: Window, isRolling: boolean): Window =>
    isRolling && !ofDays && 'unit' in window && (window.unit === 'days' || window.unit === 'weeks')
      ? ({ ...window, mode: 'rolling' } as Window)
      : window;
  return fc.oneof(
    fc.constant<Window>({ type: 'ever' }),
    fc
      .tuple(fc.constantFrom('last' as const, 'moreThanAgo' as const, 'next' as const), amount, unit, fc.boolean())
      .map(([type, count, of, isRolling]) => rolls({ type, amount: count, unit: of }, isRolling)),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), amount, unit, fc.boolean())
      .map(([from, more, of, isRolling]) => rolls({ type: 'betweenAgo', from, to: from + more, unit: of }, isRolling)),
    fc.record({ type: fc.constantFrom('this' as const, 'previous' as const), unit: fc.constantFrom(...periodUnits) }),
    fc.record({ type: fc.constantFrom('on' as const, 'before' as const, 'after' as const, 'since' as const), date }),
    dates.map(([from, to]): Window => ({ type: 'between', from, to })),
  );
}

const bounded = arbitraryWindow(true).filter(
  ({ type }) => type !== 'ever' && type !== 'before' && type !== 'after' && type !== 'since' && type !== 'moreThanAgo',
);

function operand(field: Field): fc.Arbitrary<never> {
  const pools = {
    number: fc.constantFrom(...awkwardNumbers),
    boolean: fc.boolean(),
    money: fc.record({ amount: fc.constantFrom(...awkwardAmounts), currency: fc.constantFrom(...awkwardCurrencies) }),
    text: fc.constantFrom(
      ...(field.options.length > 0 ? field.options : [...awkwardTexts, 'p1', 'Jazz', 'USD', 'en-us']),
    ),
  };
  const pool = field.type in pools ? pools[field.type as keyof typeof pools] : pools.text;
  return pool as fc.Arbitrary<never>;
}

/** A test with one operator that fits the field. */
function testOf(operator: Operator, field: Field): fc.Arbitrary<Test> {
  const value = operand(field);
  const many = fc.uniqueArray(value, { minLength: 1, maxLength: 3 });
  switch (operator) {
    case 'isSet':
    case 'isEmpty':
      return fc.constant({ operator });
    case 'eq':
    case 'neq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return value.map((one) => ({ operator, value: one }) as Test);
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith':
      return fc
        .tuple(fc.constantFrom(...awkwardTexts.filter((text) => text !== '')), fc.integer({ min: 1, max: 4 }))
        .map(([text, length]) => ({ operator, value: [...text].slice(0, length).join('') }));
    case 'between':
      return fc.tuple(value, value).map(([from, to]) => {
        if (typeof from === 'number') return { operator, from, to };
        const ends = { from: from as { amount: number; currency: string }, to: to as { amount: number } };
        return { operator, from: ends.from, to: { amount: ends.to.amount, currency: ends.from.currency } };
      });
    case 'in':
    case 'notIn':
    case 'includesAny':
    case 'includesAll':
    case 'includesNone':
    case 'lacksSome':
      return many.map((values) => ({ operator, values }) as Test);
    case 'within':
    case 'notWithin':
      return arbitraryWindow(field.type === 'date').map((window) => ({ operator, window }));
    case 'anniversary':
      return bounded.map((window) => ({ operator, window }));
    case 'size':
      return fc.record({
        operator: fc.constant(operator),
        compare: fc.constantFrom('eq', 'neq', 'lt', 'lte', 'gt', 'gte'),
        value: fc.integer({ min: 0, max: 3 }),
      });
    default:
      return operator satisfies never;
  }
}

const leafOptions = fc.record(
  { orMissing: fc.constantFrom(true), caseSensitive: fc.constantFrom(true) },
  { requiredKeys: [] },
);

const condition = (field: Field) =>
  fc
    .tuple(
      fc.constantFrom(...operatorsByType[field.type]).chain((operator) => testOf(operator, field)),
      leafOptions,
    )
    .map(([test, options]) => ({ field: field.path, test, ...options }));

const attributeLeaf = (fields: FieldCatalogue): fc.Arbitrary<AttributeNode> =>
  fc
    .constantFrom(...fields.customer)
    .chain(condition)
    .map((leaf) => ({ type: 'attribute', ...leaf }));

function unitFilter(fields: readonly Field[], depth: number): fc.Arbitrary<UnitFilter> {
  const leaf: fc.Arbitrary<UnitFilter> = fc
    .constantFrom(...fields)
    .chain(condition)
    .map((one) => ({ type: 'field', ...one }));
  if (depth === 0) return leaf;
  const child = unitFilter(fields, depth - 1);
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(child, { minLength: 1, maxLength: 3 }))
        .map(([type, children]): UnitFilter => ({ type, children })),
    },
    { weight: 1, arbitrary: child.map((one): UnitFilter => ({ type: 'not', child: one })) },
  );
}

const quantity = (field: Field): fc.Arbitrary<Test> =>
  fc.constantFrom(...aggregateOperators).chain((operator) => testOf(operator, field));

const countField: Field = { path: '', type: 'number', label: '', options: [] };
const smallCount: fc.Arbitrary<Test> = fc
  .tuple(
    fc.constantFrom('eq' as const, 'neq' as const, 'lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([operator, value]) => ({ operator, value }));

type Measured = { measure: Measure; test: Test; orMissing?: boolean; caseSensitive?: boolean };

function measured(fields: readonly Field[]): fc.Arbitrary<Measured> {
  const ofType = (...types: Field['type'][]) => fc.constantFrom(...fields.filter(({ type }) => types.includes(type)));
  const aggregate = <A extends 'sum' | 'avg' | 'min' | 'max' | 'distinct' | 'first' | 'last'>(...names: A[]) =>
    fc.constantFrom(...names);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .oneof(smallCount, quantity(countField))
        .map((test): Measured => ({ measure: { aggregate: 'count' }, test })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(ofType('string', 'number'), smallCount)
        .map(([{ path }, test]): Measured => ({ measure: { aggregate: 'distinct', field: path }, test })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(aggregate('sum', 'avg', 'min', 'max'), ofType('number', 'money'), leafOptions)
        .chain(([name, field, options]) =>
          quantity(field).map(
            (test): Measured => ({ measure: { aggregate: name, field: field.path }, test, ...options }),
          ),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(aggregate('first', 'last'), fc.constantFrom(...fields))
        .chain(([name, field]) =>
          condition(field).map(
            ({ field: path, ...rest }): Measured => ({ measure: { aggregate: name, field: path }, ...rest }),
          ),
        ),
    },
  );
}

function behaviourLeaf(fields: FieldCatalogue): fc.Arbitrary<BehaviourNode> {
  return fc.constantFrom('event' as const, 'event' as const, 'line' as const).chain((unit) => {
    const visible = [...fields.event, ...fields.line].filter(({ path }) => unitField(fields, unit, path));
    return fc
      .record({
        eventTypes: fc.constantFrom(['order'], ['order'], ['order', 'refund'], ['call', 'visit'], ['signed_in']),
        where: fc.option(unitFilter(visible, 2), { nil: undefined, freq: 1 }),
        window: arbitraryWindow(),
        measured: measured(visible),
      })
      .map(
        ({ eventTypes, where, window, measured: rest }): BehaviourNode => ({
          type: 'behaviour',
          eventTypes: [...eventTypes],
          unit,
          ...(where === undefined ? {} : { where }),
          window,
          ...rest,
        }),
      );
  });
}

function ruleNode(fields: FieldCatalogue, depth: number): fc.Arbitrary<RuleNode> {
  const leaf = fc.oneof(
    { weight: 8, arbitrary: attributeLeaf(fields) },
    { weight: 8, arbitrary: behaviourLeaf(fields) },
    { weight: 1, arbitrary: fc.constant<RuleNode>({ type: 'everyone' }) },
  );
  if (depth === 0) return leaf;
  const child = ruleNode(fields, depth - 1);
  const group = fc
    .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(child, { minLength: 1, maxLength: 3 }))
    .map(([type, children]): RuleNode => ({ type, children }));
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 2, arbitrary: group },
    { weight: 1, arbitrary: child.map((one): RuleNode => ({ type: 'not', child: one })) },
  );
}

/** A sound rule over a catalogue: every node, operator, type and window comes up. */
export const arbitraryRule = (fields: FieldCatalogue): fc.Arbitrary<Rule> =>
  fc
    .tuple(ruleNode(fields, 3), fc.option(fc.constantFrom(...awkwardZones), { nil: undefined, freq: 3 }))
    .map(([root, zone]) => ({ version: 1, ...(zone === undefined ? {} : { zone }), root }));

/** An instant and an organization's zone to resolve a rule with. */
export const arbitraryClock = fc.record({
  now: fc.constantFrom(...awkwardNows),
  zone: fc.constantFrom(...awkwardZones),
});

/** The same random rules over the awkward catalogue for the same seed. */
export const awkwardRules = (count: number, seed: number): Rule[] =>
  fc.sample(arbitraryRule(awkwardFields), { numRuns: count, seed });
