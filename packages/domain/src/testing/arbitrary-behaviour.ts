import fc from 'fast-check';
import { type Field, type FieldCatalogue, unitField } from '../segments/fields.ts';
import type { BehaviourNode, Measure, RankNode, Test, UnitFilter } from '../segments/rule.ts';
import { condition, leafOptions, quantity, smallCount } from './arbitrary-condition.ts';
import { arbitraryWindow } from './arbitrary-window.ts';
import { awkwardCurrencies } from './awkward-values.ts';

/** A Boolean tree over fields of one event or line. */
export function unitFilter(fields: readonly Field[], depth: number): fc.Arbitrary<UnitFilter> {
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

const countField: Field = { path: '', type: 'number', label: '', options: [] };
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

/** Types of events that are looked at together. */
export const eventTypes: fc.Arbitrary<string[]> = fc
  .constantFrom(
    ['order'],
    ['order'],
    ['order', 'refund'],
    ['call', 'visit'],
    ['signed_in'],
    ['added_to_cart'],
    ['constructor', 'refund', 'visit'],
  )
  .map((types) => [...types]);

/** What a behaviour and a rank look at, and the fields that these units have. */
const units = (fields: FieldCatalogue) =>
  fc.constantFrom('event' as const, 'event' as const, 'line' as const).chain((unit) => {
    const visible = [...fields.event, ...fields.line].filter(({ path }) => unitField(fields, unit, path));
    return fc.record({
      eventTypes,
      unit: fc.constant(unit),
      where: fc.option(unitFilter(visible, 2), { nil: undefined, freq: 1 }),
      window: fc.oneof(fc.constant({ type: 'ever' as const }), arbitraryWindow()),
      visible: fc.constant(visible),
    });
  });

const withoutUndefined = <T extends { readonly where: UnitFilter | undefined }>({ where, ...rest }: T) =>
  where === undefined ? rest : { ...rest, where };

export const arbitraryBehaviour = (fields: FieldCatalogue): fc.Arbitrary<BehaviourNode> =>
  units(fields).chain(({ visible, ...rest }) =>
    measured(visible).map((of): BehaviourNode => ({ type: 'behaviour', ...withoutUndefined(rest), ...of })),
  );

function rankMeasure(visible: readonly Field[]): fc.Arbitrary<RankNode['measure']> {
  const ofType = (...types: Field['type'][]) => fc.constantFrom(...visible.filter(({ type }) => types.includes(type)));
  const aggregate = fc.constantFrom('sum' as const, 'avg' as const, 'min' as const, 'max' as const);
  return fc.oneof(
    fc.constant<RankNode['measure']>({ aggregate: 'count' }),
    ofType('string', 'number').map(({ path }): RankNode['measure'] => ({ aggregate: 'distinct', field: path })),
    fc.tuple(aggregate, ofType('number')).map(([name, { path }]) => ({ aggregate: name, field: path })),
    fc
      .tuple(aggregate, ofType('money'), fc.constantFrom(...awkwardCurrencies))
      .map(([name, { path }, currency]) => ({ aggregate: name, field: path, currency })),
  );
}

const rankAmount: fc.Arbitrary<Pick<RankNode, 'amount' | 'of'>> = fc.oneof(
  fc.constantFrom(1, 2, 7, 20, 10_000).map((amount) => ({ amount, of: 'people' as const })),
  fc.constantFrom(0.01, 1, 12.5, 33.33, 50, 99.99, 100).map((amount) => ({ amount, of: 'percent' as const })),
);

export const arbitraryRank = (fields: FieldCatalogue): fc.Arbitrary<RankNode> =>
  units(fields).chain(({ visible, ...rest }) =>
    fc.tuple(fc.constantFrom('top' as const, 'bottom' as const), rankAmount, rankMeasure(visible)).map(
      ([direction, amount, measure]): RankNode => ({
        type: 'rank',
        direction,
        ...amount,
        ...withoutUndefined(rest),
        measure,
      }),
    ),
  );
