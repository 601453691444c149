import { isExactNumber } from '../attributes/attribute.ts';
import type { SegmentId } from '../ids/id.ts';
import type { Result } from '../result.ts';
import { type Clock, instantRange, isWindowSound } from '../time/resolve-window.ts';
import { customerField, type Field, type FieldCatalogue, unitField } from './fields.ts';
import { aggregateOperators } from './operators.ts';
import { moneyTest, operandsOf, RuleRefusal, refusable, resolveTest } from './resolve-test.ts';
import type {
  Cutoff,
  ResolvedFilter,
  ResolvedMeasure,
  ResolvedNode,
  ResolvedRule,
  ResolvedTest,
  Scale,
} from './resolved-rule.ts';
import type { BehaviourNode, ComparisonTest, Rule, RuleNode, Test, UnitFilter } from './rule.ts';
import type { RuleFault, RulePath } from './rule-fault.ts';

/** What a rule is bound to. The zone is the organization's; a rule that names its own keeps it. */
export interface RuleContext extends Clock {
  readonly fields: FieldCatalogue;
  /** The rules of all segments that rules may name, null for a list; one that is absent is unknown. */
  readonly segments?: ReadonlyMap<SegmentId, Rule | null>;
  /** The answers to `rankQuestions`, by their keys. A rank without an answer is a bug of the caller and throws. */
  readonly cutoffs?: ReadonlyMap<string, Cutoff | null>;
}

/**
 * Binds everything relative in a rule: windows to instants, fields to their types, texts to the form in which they compare.
 * Refuses a field, an operator or a value that the catalogue does not have, with its path; nothing is ignored or widened.
 */
export function resolveRule(rule: Rule, context: RuleContext): Result<ResolvedRule, RuleFault> {
  const bound = { ...context, zone: rule.zone ?? context.zone };
  return refusable(() => ({ now: bound.now, zone: bound.zone, root: resolveNode(rule.root, ['root'], bound) }));
}

function resolveNode(node: RuleNode, path: RulePath, context: RuleContext): ResolvedNode {
  switch (node.type) {
    case 'everyone':
      return { type: 'everyone' };
    case 'all':
    case 'any':
      return {
        type: node.type,
        children: node.children.map((child, i) => resolveNode(child, [...path, 'children', i], context)),
      };
    case 'not':
      return { type: 'not', child: resolveNode(node.child, [...path, 'child'], context) };
    case 'attribute': {
      const field = customerField(context.fields, node.field);
      if (!field) throw new RuleRefusal([...path, 'field'], 'field_unknown');
      return { type: 'attribute', ...resolveCondition(node, field, path, context) };
    }
    case 'behaviour':
      return resolveBehaviour(node, path, context);
    default:
      return node satisfies never;
  }
}

interface Condition {
  readonly test: Test;
  readonly orMissing?: boolean | undefined;
  readonly caseSensitive?: boolean | undefined;
}

function resolveCondition(node: Condition, field: Field, path: RulePath, { now, zone }: Clock) {
  const caseSensitive = node.caseSensitive ?? false;
  return {
    field: { path: field.path, type: field.type },
    test: resolveTest(node.test, field, { now, zone, caseSensitive, path: [...path, 'test'] }),
    orMissing: node.orMissing ?? false,
  };
}

function resolveFilter(
  filter: UnitFilter,
  unit: 'event' | 'line',
  path: RulePath,
  context: RuleContext,
): ResolvedFilter {
  switch (filter.type) {
    case 'all':
    case 'any':
      return {
        type: filter.type,
        children: filter.children.map((child, i) => resolveFilter(child, unit, [...path, 'children', i], context)),
      };
    case 'not':
      return { type: 'not', child: resolveFilter(filter.child, unit, [...path, 'child'], context) };
    case 'field': {
      const field = unitField(context.fields, unit, filter.field);
      if (!field) throw new RuleRefusal([...path, 'field'], 'field_unknown');
      return { type: 'field', ...resolveCondition(filter, field, path, context) };
    }
    default:
      return filter satisfies never;
  }
}

function resolveBehaviour(node: BehaviourNode, path: RulePath, context: RuleContext): ResolvedNode {
  node.eventTypes.forEach((type, i) => {
    const known = context.fields.eventTypes.some((candidate) => candidate.type === type);
    if (!known) throw new RuleRefusal([...path, 'eventTypes', i], 'event_type_unknown');
  });
  if (!isWindowSound(node.window)) throw new RuleRefusal([...path, 'window'], 'window_wrong');
  const { measure, test } = resolveMeasured(node, path, context);
  return {
    type: 'behaviour',
    eventTypes: [...new Set(node.eventTypes)],
    unit: node.unit,
    where: node.where ? resolveFilter(node.where, node.unit, [...path, 'where'], context) : null,
    range: instantRange(node.window, context),
    measure,
    test,
    orMissing: node.orMissing ?? false,
  };
}

function resolveMeasured(
  node: BehaviourNode,
  path: RulePath,
  context: RuleContext,
): { measure: ResolvedMeasure; test: ResolvedTest } {
  const { measure } = node;
  if (measure.aggregate === 'count') return { measure, test: numberTest(node.test, 1, path) };
  const field = unitField(context.fields, node.unit, measure.field);
  if (!field) throw new RuleRefusal([...path, 'measure', 'field'], 'field_unknown');
  const resolvedField = { path: field.path, type: field.type };
  switch (measure.aggregate) {
    case 'distinct':
      if (field.type !== 'string' && field.type !== 'enum' && field.type !== 'number') break;
      return { measure: { aggregate: 'distinct', field: resolvedField }, test: numberTest(node.test, 1, path) };
    case 'first':
    case 'last':
      return {
        measure: { aggregate: measure.aggregate, field: resolvedField },
        test: resolveCondition(node, field, path, context).test,
      };
    default: {
      if (field.type !== 'number' && field.type !== 'money') break;
      const scale: Scale = field.type === 'money' ? 1 : 10_000;
      const test = field.type === 'money' ? aggregateMoneyTest(node.test, path) : numberTest(node.test, scale, path);
      return {
        measure: {
          aggregate: measure.aggregate,
          field: resolvedField,
          scale,
          currency: test.kind === 'money' ? test.currency : null,
        },
        test: test.kind === 'money' ? { kind: 'number', operator: test.operator, values: test.values } : test,
      };
    }
  }
  throw new RuleRefusal([...path, 'measure', 'field'], 'measure_wrong');
}

function amountTest(test: Test, path: RulePath): ComparisonTest {
  if (!aggregateOperators.includes(test.operator)) {
    throw new RuleRefusal([...path, 'test', 'operator'], 'operator_wrong');
  }
  return test as ComparisonTest;
}

const aggregateMoneyTest = (test: Test, path: RulePath) => moneyTest(amountTest(test, path), [...path, 'test']);

function numberTest(test: Test, scale: Scale, path: RulePath): Extract<ResolvedTest, { kind: 'number' }> {
  const fitting = amountTest(test, path);
  const values = operandsOf(fitting).map((value) => {
    if (typeof value === 'number' && isExactSum(value)) return Math.round(value * scale);
    throw new RuleRefusal([...path, 'test', 'value'], 'value_wrong');
  });
  return {
    kind: 'number',
    operator: fitting.operator,
    values: scale === 1 ? (operandsOf(fitting) as number[]) : values,
  };
}

/** Sums may grow beyond a single value's bounds: up to 10^11 with four decimals they stay exact in whole ten-thousandths. */
const isExactSum = (value: number): boolean =>
  isExactNumber(value) || (Math.abs(value) < 1e11 && Number(value.toFixed(4)) === value);
