import { describeBehaviour } from './describe-behaviour.ts';
import { describeEngagement } from './describe-engagement.ts';
import { describeRank } from './describe-rank.ts';
import { describeSequence } from './describe-sequence.ts';
import { describeTest } from './describe-test.ts';
import { describeOptions, inSentence } from './describe-units.ts';
import { customerField, type FieldCatalogue } from './fields.ts';
import { normaliseRule } from './normalise-rule.ts';
import type { AttributeNode, InSegmentNode, Rule, RuleNode } from './rule.ts';

/** A rule as one English sentence, without groups that change nothing; a field or event type that the catalogue does not know goes by its path. */
export function describeRule(rule: Rule, fields: FieldCatalogue): string {
  const { root } = normaliseRule(rule);
  const zone = rule.zone === undefined ? '' : ` (days in ${rule.zone})`;
  if (root.type === 'everyone') return 'All customers.';
  if (root.type === 'not') return `All customers ${exception(root, fields)}${zone}.`;
  if (root.type === 'all' && root.children.every((child) => child.type === 'not')) {
    return `All customers ${root.children.map((child) => exception(child, fields)).join(' and ')}${zone}.`;
  }
  return `Customers ${clause(root, fields, true)}${zone}.`;
}

/** One condition or group as it stands after "customers": `who have at least 3 orders`. */
export function describeNode(node: RuleNode, fields: FieldCatalogue): string {
  return clause(node, fields, true);
}

type Not = Extract<RuleNode, { readonly type: 'not' }>;

/** What a negation takes away from all; brackets where it has one in itself, so that nobody takes that for a second one. */
const exception = ({ child }: Not, fields: FieldCatalogue): string =>
  `except those ${clause(child, fields, !('children' in child) || child.children.every(({ type }) => type !== 'not'))}`;

function clause(node: RuleNode, fields: FieldCatalogue, isTop: boolean): string {
  switch (node.type) {
    case 'everyone':
      return 'whoever they are';
    case 'all':
    case 'any': {
      // Exceptions stand at the end, where a `not` takes nothing with it; the order of conditions changes nothing.
      const children = [...node.children].sort((a, b) => Number(a.type === 'not') - Number(b.type === 'not'));
      const isOne = children.length === 1;
      const words = children
        .map((child) => clause(child, fields, isTop && isOne))
        .join(node.type === 'all' ? ' and ' : ' or ');
      return isTop || isOne ? words : `(${words})`;
    }
    case 'not':
      return `not those ${clause(node.child, fields, false)}`;
    case 'attribute':
      return attributeClause(node, fields);
    case 'behaviour':
      return describeBehaviour(node, fields);
    case 'sequence': {
      const words = describeSequence(node, fields);
      // Its commas would run into what stands beside it.
      return isTop || (node.steps.length === 1 && !node.notFollowedBy) ? words : `(${words})`;
    }
    case 'engagement':
      return describeEngagement(node, fields);
    case 'inSegment':
      return segmentClause(node, fields);
    case 'rank':
      return describeRank(node, fields);
    default:
      return node satisfies never;
  }
}

function attributeClause(node: AttributeNode, fields: FieldCatalogue): string {
  const label = inSentence(customerField(fields, node.field)?.label ?? node.field);
  return `whose ${label} ${describeTest(node.test)}${describeOptions(node)}`;
}

function segmentClause({ segmentId }: InSegmentNode, { segments }: FieldCatalogue): string {
  const name = segments.find(({ id }) => id === segmentId)?.name;
  return name === undefined ? 'who are in an unknown segment' : `who are in the segment “${name}”`;
}
