import type { CampaignId, SegmentId } from '../ids/id.ts';
import type { BehaviourNode, RankNode, Rule, RuleNode, SequenceNode, UnitFilter } from './rule.ts';

/** Every leaf of a rule, in the order in which it is written. */
function leavesOf({ root }: Rule): RuleNode[] {
  const leaves: RuleNode[] = [];
  const walk = (node: RuleNode): void => {
    if (node.type === 'all' || node.type === 'any') node.children.forEach(walk);
    else if (node.type === 'not') walk(node.child);
    else leaves.push(node);
  };
  walk(root);
  return leaves;
}

/** The paths of the customer fields that a rule asks about, each once. */
export function customerFieldsOf(rule: Rule): string[] {
  return [...new Set(leavesOf(rule).flatMap((leaf) => (leaf.type === 'attribute' ? [leaf.field] : [])))];
}

/** What a rule says of events, each part with its own types and filter. */
type EventPart = Pick<BehaviourNode, 'eventTypes' | 'where'> & {
  readonly measure?: BehaviourNode['measure'] | RankNode['measure'];
};

function eventPartsOf(rule: Rule): EventPart[] {
  const stepsOf = ({ steps, notFollowedBy }: SequenceNode) => [...steps, ...(notFollowedBy ? [notFollowedBy] : [])];
  return leavesOf(rule).flatMap((leaf): EventPart[] => {
    if (leaf.type === 'sequence') return stepsOf(leaf);
    return leaf.type === 'behaviour' || leaf.type === 'rank' ? [leaf] : [];
  });
}

const filterFields = (filter: UnitFilter): string[] => {
  if (filter.type === 'field') return [filter.field];
  return filter.type === 'not' ? filterFields(filter.child) : filter.children.flatMap(filterFields);
};

/** The types of events that a rule asks about, each once. */
export function eventTypesOf(rule: Rule): string[] {
  return [...new Set(eventPartsOf(rule).flatMap(({ eventTypes }) => eventTypes))];
}

/** The fields of events that a rule asks about or makes numbers of, such as `properties.price`, each once. */
export function eventFieldsOf(rule: Rule): string[] {
  const fields = eventPartsOf(rule).flatMap(({ where, measure }) => [
    ...(where ? filterFields(where) : []),
    ...(measure && 'field' in measure ? [measure.field] : []),
  ]);
  return [...new Set(fields)];
}

/** The other segments that a rule names, each once; not those that they name in turn. */
export function rulesNamed(rule: Rule): SegmentId[] {
  return [...new Set(leavesOf(rule).flatMap((leaf) => (leaf.type === 'inSegment' ? [leaf.segmentId] : [])))];
}

/** The campaigns that a rule names, each once. */
export function campaignsNamed(rule: Rule): CampaignId[] {
  const named = leavesOf(rule).flatMap((leaf) =>
    leaf.type === 'engagement' && leaf.campaignId !== undefined ? [leaf.campaignId] : [],
  );
  return [...new Set(named)];
}
