import { describeQuantity, describeTest } from './describe-test.ts';
import { describeOptions, describeUnits, describeWhich, fieldLabel } from './describe-units.ts';
import type { FieldCatalogue } from './fields.ts';
import type { BehaviourNode, Test } from './rule.ts';

/** Whether a test asks that there be none at all. */
export const asksNone = (test: Test): boolean =>
  (test.operator === 'eq' && test.value === 0) || (test.operator === 'lt' && test.value === 1);

/** Whether what a test counts stands in the singular: `at least 1 order`. */
export const asksOne = (test: Test): boolean => 'value' in test && test.value === 1 && !asksNone(test);

/** A behaviour as it stands after "customers": `who have at least 3 orders in the last 90 days`. */
export function describeBehaviour(node: BehaviourNode, fields: FieldCatalogue): string {
  const { measure, test } = node;
  const which = describeWhich(node, fields);
  if (measure.aggregate === 'count') {
    const quantity = asksNone(test) ? 'no' : describeQuantity(test);
    return `who have ${quantity} ${describeUnits(node, fields, asksOne(test))}${which}`;
  }
  const label = fieldLabel(measure.field, node.unit, fields);
  const many = `${describeUnits(node, fields, false)}${which}`;
  const one = `${describeUnits(node, fields, true)}${which}`;
  const end = `${describeTest(test)}${describeOptions(node)}`;
  switch (measure.aggregate) {
    case 'sum':
      if (measure.field === 'total') return `whose ${many} add up to ${describeQuantity(test)}`;
      return `whose ${label} of all ${many} together ${end}`;
    case 'avg':
      return `whose average ${label} of ${many} ${end}`;
    case 'min':
      return `whose lowest ${label} of ${many} ${end}`;
    case 'max':
      return `whose highest ${label} of ${many} ${end}`;
    case 'distinct':
      return `whose number of different values of ${label} in ${many} ${end}`;
    case 'first':
    case 'last':
      return measure.field === 'at'
        ? `whose ${measure.aggregate} ${one} ${end}`
        : `whose ${measure.aggregate} ${one} has a ${label} that ${end}`;
    default:
      return measure satisfies never;
  }
}
