import { isExactNumber } from '../attributes/attribute.ts';
import { aggregateOperators } from './operators.ts';
import { operandsOf, RuleRefusal } from './resolve-test.ts';
import type { ResolvedTest, Scale } from './resolved-rule.ts';
import type { ComparisonTest, Test } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

/** A test of what is made of many units: its operator has to fit a number or an amount of money. */
export function aggregateTest(test: Test, path: RulePath): ComparisonTest {
  if (!aggregateOperators.includes(test.operator)) {
    throw new RuleRefusal([...path, 'test', 'operator'], 'operator_wrong');
  }
  return test as ComparisonTest;
}

/** A test of a number that is made of many units, in the scale in which they are added up. */
export function numberTest(test: Test, scale: Scale, path: RulePath): Extract<ResolvedTest, { kind: 'number' }> {
  const fitting = aggregateTest(test, path);
  const values = operandsOf(fitting).map((value) => {
    if (typeof value === 'number' && isExactSum(value)) return scale === 1 ? value : Math.round(value * scale);
    throw new RuleRefusal([...path, 'test', 'value'], 'value_wrong');
  });
  return { kind: 'number', operator: fitting.operator, values };
}

/** Sums may grow beyond a single value's bounds: up to 10^11 with four decimals they stay exact in whole ten-thousandths. */
const isExactSum = (value: number): boolean =>
  isExactNumber(value) || (Math.abs(value) < 1e11 && Number(value.toFixed(4)) === value);
