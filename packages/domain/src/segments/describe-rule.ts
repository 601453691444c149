import { describeQuantity, describeTest } from './describe-test.ts';
import { describeWindow } from './describe-window.ts';
import { customerField, type FieldCatalogue, unitField } from './fields.ts';
import type { AttributeNode, BehaviourNode, Rule, RuleNode, UnitFilter } from './rule.ts';

/** A rule as one English sentence; a field or event type that the catalogue does not know goes by its path. */
export function describeRule(rule: Rule, fields: FieldCatalogue): string {
  const root = unwrapped(rule.root);
  const zone = rule.zone === undefined ? '' : ` (days in ${rule.zone})`;
  if (root.type === 'everyone') return 'All customers.';
  if (root.type === 'not') return `All customers except those ${clause(root.child, fields, true)}${zone}.`;
  if (root.type === 'all' && root.children.every((child) => child.type === 'not')) {
    return `All customers except ${clause(root, fields, true).replace(/^not /, '')}${zone}.`;
  }
  return `Customers ${clause(root, fields, true)}${zone}.`;
}

/** A group of one says no more than the one in it. */
function unwrapped(node: RuleNode): RuleNode {
  const only =
    (node.type === 'all' || node.type === 'any') && node.children.length === 1 ? node.children[0] : undefined;
  return only ? unwrapped(only) : node;
}

/** One condition or group as it stands after "customers": `who have at least 3 orders`. */
export function describeNode(node: RuleNode, fields: FieldCatalogue): string {
  return clause(node, fields, true);
}

function clause(node: RuleNode, fields: FieldCatalogue, isTop: boolean): string {
  switch (node.type) {
    case 'everyone':
      return 'whoever they are';
    case 'all':
    case 'any': {
      // Exceptions read best at the end; the order of conditions changes nothing.
      const children =
        node.type === 'all'
          ? [...node.children].sort((a, b) => Number(a.type === 'not') - Number(b.type === 'not'))
          : node.children;
      const words = children.map((child) => clause(child, fields, false)).join(node.type === 'all' ? ' and ' : ' or ');
      return isTop || children.length === 1 ? words : `(${words})`;
    }
    case 'not':
      return `not those ${clause(node.child, fields, false)}`;
    case 'attribute':
      return attributeClause(node, fields);
    case 'behaviour':
      return behaviourClause(node, fields);
    default:
      return node satisfies never;
  }
}

const options = ({
  orMissing,
  caseSensitive,
}: {
  orMissing?: boolean | undefined;
  caseSensitive?: boolean | undefined;
}) => `${caseSensitive ? ' (case counts)' : ''}${orMissing ? ' or has no value' : ''}`;

/** A label inside a sentence: lower case unless it is an abbreviation. */
const inSentence = (label: string) => (/^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label);

function attributeClause(node: AttributeNode, fields: FieldCatalogue): string {
  const label = inSentence(customerField(fields, node.field)?.label ?? node.field);
  return `whose ${label} ${describeTest(node.test)}${options(node)}`;
}

function typesOf({ eventTypes }: BehaviourNode, fields: FieldCatalogue, number: 'singular' | 'plural'): string {
  const words = eventTypes.map((type) => fields.eventTypes.find((known) => known.type === type)?.[number] ?? type);
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function unitsOf(node: BehaviourNode, fields: FieldCatalogue, isOne: boolean): string {
  if (node.unit === 'event') return typesOf(node, fields, isOne ? 'singular' : 'plural');
  return `${typesOf(node, fields, 'singular')} ${isOne ? 'line' : 'lines'}`;
}

const spaced = (text: string) => (text === '' ? '' : ` ${text}`);

function behaviourClause(node: BehaviourNode, fields: FieldCatalogue): string {
  const { measure, test } = node;
  const where = node.where ? ` where ${filterClause(node.where, node, fields, true)}` : '';
  const period = spaced(describeWindow(node.window));
  if (measure.aggregate === 'count') {
    const isOne = 'value' in test && test.value === 1;
    const isNone = (test.operator === 'eq' && test.value === 0) || (test.operator === 'lt' && test.value === 1);
    const quantity = isNone ? 'no' : describeQuantity(test);
    return `who have ${quantity} ${unitsOf(node, fields, isOne && !isNone)}${where}${period}`;
  }
  const label = inSentence(unitField(fields, node.unit, measure.field)?.label ?? measure.field);
  const many = `${unitsOf(node, fields, false)}${where}${period}`;
  const one = `${unitsOf(node, fields, true)}${where}${period}`;
  const end = `${describeTest(test)}${options(node)}`;
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

function filterClause(filter: UnitFilter, node: BehaviourNode, fields: FieldCatalogue, isTop: boolean): string {
  switch (filter.type) {
    case 'all':
    case 'any': {
      const words = filter.children.map((child) => filterClause(child, node, fields, false));
      const text = words.join(filter.type === 'all' ? ' and ' : ' or ');
      return isTop || words.length === 1 ? text : `(${text})`;
    }
    case 'not':
      return `not (${filterClause(filter.child, node, fields, true)})`;
    case 'field': {
      const label = inSentence(unitField(fields, node.unit, filter.field)?.label ?? filter.field);
      return `${label} ${describeTest(filter.test)}${options(filter)}`;
    }
    default:
      return filter satisfies never;
  }
}
