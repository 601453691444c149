import type { Field, Measure, Operator } from '@mini-crm/domain';
import type { DraftTest, DraftWindow } from './editor-tree.ts';

const texts: ReadonlySet<Operator> = new Set(['contains', 'notContains', 'startsWith', 'endsWith']);
const ordered: ReadonlySet<Operator> = new Set(['eq', 'neq', 'lt', 'lte', 'gt', 'gte']);

/** The kind of input that an operator needs. */
export type OperandKind = 'nothing' | 'one' | 'two' | 'many' | 'window' | 'size';

export function operandKind(operator: Operator): OperandKind {
  switch (operator) {
    case 'isSet':
    case 'isEmpty':
      return 'nothing';
    case 'between':
      return 'two';
    case 'in':
    case 'notIn':
    case 'includesAny':
    case 'includesAll':
    case 'includesNone':
    case 'lacksSome':
      return 'many';
    case 'within':
    case 'notWithin':
    case 'anniversary':
      return 'window';
    case 'size':
      return 'size';
    default:
      return texts.has(operator) || ordered.has(operator) ? 'one' : 'nothing';
  }
}

const lastMonth: DraftWindow = { type: 'last', amount: 30, unit: 'days' };
const nextMonth: DraftWindow = { type: 'next', amount: 30, unit: 'days' };

/** The same question with another operator: what was typed stays where it still fits. */
export function withOperator(test: DraftTest, operator: Operator): DraftTest {
  const first = test.value ?? test.values?.[0] ?? test.from;
  switch (operandKind(operator)) {
    case 'nothing':
      return { operator };
    case 'one':
      return { operator, value: first };
    case 'two':
      return { operator, from: first, to: test.to };
    case 'many':
      return { operator, values: test.values ?? (first === undefined || first === '' ? [] : [first]) };
    case 'window':
      return { operator, window: operator === 'anniversary' ? nextMonth : (test.window ?? lastMonth) };
    case 'size':
      return { operator, compare: test.compare ?? 'gte', value: typeof test.value === 'number' ? test.value : 1 };
    default:
      throw new Error(`No operand for ${operator}`);
  }
}

/** What a condition on a field begins with. */
export function firstTest(field: Pick<Field, 'type' | 'options'>): DraftTest {
  switch (field.type) {
    case 'string':
    case 'enum':
      return { operator: 'in', values: [] };
    case 'number':
    case 'money':
      return { operator: 'gte' };
    case 'boolean':
      return { operator: 'eq', value: true };
    case 'date':
    case 'datetime':
      return { operator: 'within', window: lastMonth };
    case 'stringList':
    case 'enumList':
      return { operator: 'includesAny', values: [] };
    default:
      return field.type satisfies never;
  }
}

/** What a measure of behaviour begins with; `field` is what it measures, none for a count. */
export function firstMeasuredTest(measure: Measure, field: Field | undefined): DraftTest {
  switch (measure.aggregate) {
    case 'count':
    case 'distinct':
      return { operator: 'gte', value: 1 };
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return { operator: 'gte' };
    case 'first':
    case 'last':
      return field ? firstTest(field) : { operator: 'isSet' };
    default:
      return measure satisfies never;
  }
}
