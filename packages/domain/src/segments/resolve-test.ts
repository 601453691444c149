import { isExactNumber } from '../attributes/attribute.ts';
import type { Money } from '../money/money.ts';
import { err, ok, type Result } from '../result.ts';
import { compose, fold } from '../text/fold.ts';
import { fromDayNumber, isLeapYear, toDayNumber } from '../time/civil-date.ts';
import { type Clock, dateRange, instantRange, isRolling, isWindowSound } from '../time/resolve-window.ts';
import type { Window } from '../time/window.ts';
import { civilDateAt } from '../time/zone.ts';
import type { Field } from './fields.ts';
import { operatorsByType } from './operators.ts';
import type { ResolvedTest } from './resolved-rule.ts';
import type { ComparisonTest, Test } from './rule.ts';
import { type RuleFault, type RuleFaultReason, type RulePath, ruleFault } from './rule-fault.ts';

/** Thrown inside this folder only and turned into a refusal at its door. */
export class RuleRefusal extends Error {
  readonly fault: RuleFault;
  constructor(path: RulePath, reason: RuleFaultReason, limit?: number) {
    super(reason);
    this.fault = ruleFault(path, reason, limit);
  }
}

export interface TestContext extends Clock {
  readonly path: RulePath;
  readonly caseSensitive: boolean;
}

type TextOperator = Extract<ResolvedTest, { kind: 'text' }>['operator'];
/** Binds a test to the type of its field; refuses an operator or a value that the type does not have. */
export function resolveTest(test: Test, field: Field, context: TestContext): ResolvedTest {
  const refuse = (reason: RuleFaultReason, ...path: (string | number)[]): never => {
    throw new RuleRefusal([...context.path, ...path], reason);
  };
  if (!operatorsByType[field.type].includes(test.operator)) return refuse('operator_wrong', 'operator');
  const text = (value: unknown): string => {
    if (typeof value !== 'string') return refuse('value_wrong', 'value');
    if (field.options.length > 0 && !field.options.includes(value)) return refuse('value_not_an_option', 'value');
    return context.caseSensitive ? compose(value) : fold(value);
  };
  const texts = (values: readonly unknown[]): string[] => [...new Set(values.map(text))];
  const { caseSensitive } = context;
  switch (test.operator) {
    case 'isSet':
    case 'isEmpty':
      return { kind: test.operator };
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith':
      return { kind: 'text', operator: test.operator, values: [text(test.value)], caseSensitive };
    case 'includesAny':
    case 'includesAll':
    case 'includesNone':
    case 'lacksSome':
      return { kind: 'list', operator: test.operator, values: texts(test.values), caseSensitive };
    case 'size':
      return { kind: 'size', operator: test.compare, values: [test.value] };
    case 'within':
    case 'notWithin': {
      const { operator } = test;
      windowOrRefuse(test.window, field, context);
      return field.type === 'date'
        ? { kind: 'dates', operator, range: dateRange(test.window, civilDateAt(context.zone, context.now)) }
        : { kind: 'instants', operator, range: instantRange(test.window, context) };
    }
    case 'anniversary':
      return { kind: 'anniversary', days: anniversaryDays(test.window, context), zone: context.zone };
    case 'eq':
    case 'neq':
    case 'in':
    case 'notIn':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
    case 'between':
      break;
    default:
      return test satisfies never;
  }
  if (field.type === 'string' || field.type === 'enum') {
    const values = test.operator === 'in' || test.operator === 'notIn' ? texts(test.values) : null;
    const value = 'value' in test ? [text(test.value)] : [];
    return { kind: 'text', operator: test.operator as TextOperator, values: values ?? value, caseSensitive };
  }
  if (field.type === 'boolean') {
    const value = 'value' in test ? test.value : null;
    if (typeof value !== 'boolean') return refuse('value_wrong', 'value');
    return { kind: 'boolean', operator: test.operator as 'eq' | 'neq', value };
  }
  if (field.type === 'money') return moneyTest(test, context.path);
  const values = operandsOf(test).map((value) =>
    typeof value === 'number' && isExactNumber(value) ? value : refuse('value_wrong', 'value'),
  );
  return { kind: 'number', operator: test.operator, values };
}

/** The one, two or many values that a comparison names. */
export function operandsOf(test: ComparisonTest): readonly unknown[] {
  if (test.operator === 'between') return [test.from, test.to];
  return 'values' in test ? test.values : [test.value];
}

/** A comparison of amounts, all in one currency. */
export function moneyTest(test: ComparisonTest, path: RulePath): Extract<ResolvedTest, { kind: 'money' }> {
  const operands = operandsOf(test) as readonly Money[];
  const currency = operands[0]?.currency;
  for (const operand of operands) {
    if (typeof operand !== 'object' || currency === undefined) throw new RuleRefusal([...path, 'value'], 'value_wrong');
    if (operand.currency !== currency) throw new RuleRefusal([...path, 'to'], 'currency_mixed');
  }
  return {
    kind: 'money',
    currency: currency ?? '',
    operator: test.operator,
    values: operands.map((operand) => operand.amount),
  };
}

function windowOrRefuse(window: Window, field: Field, { path }: TestContext): void {
  // A day without a time can't be some hours ago.
  const fits = field.type !== 'date' || !isRolling(window);
  if (!fits || !isWindowSound(window)) throw new RuleRefusal([...path, 'window'], 'window_wrong');
}

/** The days (`MM-DD`) on which an anniversary in a window falls; 29 February counts on the 28th where it does not exist. */
function anniversaryDays(window: Window, context: TestContext): string[] {
  const path = [...context.path, 'window'];
  if (isRolling(window) || !isWindowSound(window)) throw new RuleRefusal(path, 'window_wrong');
  const { from, to } = dateRange(window, civilDateAt(context.zone, context.now));
  if (from === null || to === null) throw new RuleRefusal(path, 'window_wrong');
  const days = new Set<string>();
  const start = toDayNumber(from);
  // After eight years every day has come, 29 February too (1896 to 1904 and the like).
  const end = Math.min(toDayNumber(to), start + 366 * 8);
  for (let day = start; day < end; day++) {
    const date = fromDayNumber(day);
    days.add(date.slice(5));
    if (date.endsWith('-02-28') && !isLeapYear(date)) days.add('02-29');
  }
  return [...days].sort();
}

/** Runs a resolution that may refuse by throwing and gives its answer as a Result. */
export function refusable<T>(resolve: () => T): Result<T, RuleFault> {
  try {
    return ok(resolve());
  } catch (error) {
    if (error instanceof RuleRefusal) return err(error.fault);
    throw error;
  }
}
