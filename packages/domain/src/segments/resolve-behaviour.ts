import { instantRange, isWindowSound } from '../time/resolve-window.ts';
import { type Field, unitField } from './fields.ts';
import { aggregateTest, numberTest } from './resolve-amount.ts';
import { type Bindings, resolveCondition, resolveEventTypes, resolveFilter } from './resolve-condition.ts';
import { moneyTest, RuleRefusal } from './resolve-test.ts';
import type {
  RankBasis,
  ResolvedBehaviour,
  ResolvedField,
  ResolvedMeasure,
  ResolvedTest,
  Scale,
} from './resolved-rule.ts';
import type { BehaviourNode, RankNode } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

/** Binds a behaviour: its event types, its window, its filter, its measure and what that is held against. */
export function resolveBehaviour(node: BehaviourNode, path: RulePath, bindings: Bindings): ResolvedBehaviour {
  return {
    type: 'behaviour',
    ...resolveUnits(node, path, bindings),
    ...resolveMeasured(node, path, bindings),
    orMissing: node.orMissing ?? false,
  };
}

/** Which events or lines a behaviour or a rank looks at. */
export function resolveUnits(
  node: BehaviourNode | RankNode,
  path: RulePath,
  bindings: Bindings,
): Omit<RankBasis, 'measure'> {
  const eventTypes = resolveEventTypes(node.eventTypes, path, bindings);
  if (!isWindowSound(node.window)) throw new RuleRefusal([...path, 'window'], 'window_wrong');
  return {
    eventTypes,
    unit: node.unit,
    where: resolveFilter(node.where, node.unit, [...path, 'where'], bindings),
    range: instantRange(node.window, bindings),
  };
}

/** The field that a measure is made of. */
export function measuredField(unit: 'event' | 'line', name: string, path: RulePath, { fields }: Bindings): Field {
  const field = unitField(fields, unit, name);
  if (!field) throw new RuleRefusal([...path, 'measure', 'field'], 'field_unknown');
  return field;
}

export const measureWrong = (path: RulePath) => new RuleRefusal([...path, 'measure', 'field'], 'measure_wrong');

/** The field of a measure that counts different values: dates and lists have no such count. */
export function distinctField({ path: name, type }: Field, path: RulePath): ResolvedField {
  if (type !== 'string' && type !== 'enum' && type !== 'number') throw measureWrong(path);
  return { path: name, type };
}

/** The scale in which the numbers of a field are added up. */
export function scaleOf({ type }: Field, path: RulePath): Scale {
  if (type !== 'number' && type !== 'money') throw measureWrong(path);
  return type === 'money' ? 1 : 10_000;
}

function resolveMeasured(
  node: BehaviourNode,
  path: RulePath,
  bindings: Bindings,
): { measure: ResolvedMeasure; test: ResolvedTest } {
  const { measure, test } = node;
  if (measure.aggregate === 'count') return { measure, test: numberTest(test, 1, path) };
  const field = measuredField(node.unit, measure.field, path, bindings);
  const resolved = { path: field.path, type: field.type };
  switch (measure.aggregate) {
    case 'distinct':
      return {
        measure: { aggregate: 'distinct', field: distinctField(field, path) },
        test: numberTest(test, 1, path),
      };
    case 'first':
    case 'last':
      return {
        measure: { aggregate: measure.aggregate, field: resolved },
        test: resolveCondition(node, field, path, bindings).test,
      };
    default: {
      const { aggregate } = measure;
      const scale = scaleOf(field, path);
      if (field.type === 'number') {
        return { measure: { aggregate, field: resolved, scale, currency: null }, test: numberTest(test, scale, path) };
      }
      const { currency, operator, values } = moneyTest(aggregateTest(test, path), [...path, 'test']);
      return { measure: { aggregate, field: resolved, scale, currency }, test: { kind: 'number', operator, values } };
    }
  }
}
