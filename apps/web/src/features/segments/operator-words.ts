import {
  type AttributeType,
  type EngagementKind,
  type Operator,
  type PeriodUnit,
  type RuleFaultReason,
  ruleLimits,
  type WindowType,
} from '@mini-crm/domain';

const words: Record<Operator, string> = {
  isSet: 'has a value',
  isEmpty: 'has no value',
  eq: 'is',
  neq: 'is not',
  in: 'is any of',
  notIn: 'is none of',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  lt: 'less than',
  lte: 'at most',
  gt: 'more than',
  gte: 'at least',
  between: 'between',
  within: 'is',
  notWithin: 'is not',
  anniversary: 'has its anniversary',
  includesAny: 'includes any of',
  includesAll: 'includes all of',
  includesNone: 'includes none of',
  lacksSome: 'lacks one of',
  size: 'has a number of entries',
};

/** An operator as a row reads it aloud, after its field. */
export function operatorWords(operator: Operator, type: AttributeType): string {
  const isAmount = type === 'number' || type === 'money';
  if (isAmount && operator === 'eq') return 'exactly';
  if (isAmount && operator === 'neq') return 'anything but';
  return words[operator];
}

/** Comparisons of a number of entries. */
export const compareWords: Record<'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte', string> = {
  eq: 'exactly',
  neq: 'anything but',
  lt: 'less than',
  lte: 'at most',
  gt: 'more than',
  gte: 'at least',
};

export const windowWords: Record<WindowType, string> = {
  ever: 'at any time',
  last: 'in the last',
  moreThanAgo: 'more than … ago',
  betweenAgo: 'between … ago',
  next: 'in the next',
  this: 'this',
  previous: 'in the previous',
  on: 'on',
  before: 'before',
  after: 'after',
  since: 'since',
  between: 'from … to',
};

export const periodWords: Record<PeriodUnit, string> = {
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
};

/** What became of a message, after "Campaign messages". */
export const engagementWords: Record<EngagementKind, string> = {
  sent: 'sent to them',
  delivered: 'delivered',
  opened: 'opened',
  clicked: 'clicked',
  bounced: 'bounced',
  unsubscribed: 'that they unsubscribed from',
  sentNotOpened: 'sent, but not opened',
  sentNotClicked: 'sent, but not clicked',
};

/** What to do about a row that is not a condition yet. */
export function faultWords(reason: RuleFaultReason, limit?: number): string {
  switch (reason) {
    case 'field_unknown':
      return 'This field is gone. Choose another one.';
    case 'event_type_unknown':
      return 'This kind of event is not known. Choose another one.';
    case 'operator_wrong':
      return 'This comparison does not fit the field. Choose another one.';
    case 'value_wrong':
    case 'invalid':
      return 'Fill in the value.';
    case 'value_not_an_option':
      return 'This is not one of the field’s values any more. Choose another one.';
    case 'currency_mixed':
      return 'Both amounts must be of one currency.';
    case 'window_wrong':
      return 'Complete the time: it needs a number or dates, the first not after the last.';
    case 'measure_wrong':
      return 'This can’t be measured. Choose something else.';
    case 'group_empty':
      return 'Add a condition to this group, or remove the group.';
    case 'text_unstorable':
      return 'This text has signs that can’t be stored.';
    case 'zone_unknown':
      return 'The time zone of this rule is not known.';
    case 'version_unknown':
      return 'This rule was written by a newer version of the app.';
    case 'segment_unknown':
      return 'This segment is gone. Choose another one.';
    case 'segment_cycle':
      return 'This segment is built on the one that you edit, which would then be built on itself. Choose another one.';
    case 'segments_too_deep':
      return `Segments can build on each other ${limit ?? 5} deep. Choose one that is built on fewer.`;
    case 'campaign_unknown':
      return 'This campaign is gone. Choose another one, or any campaign.';
    case 'rank_wrong':
      return 'Fill in how many: a whole number of people, or up to 100 % with two decimals at most.';
    case 'sequence_wrong':
      return 'Complete this step: it needs events, and a number where it has a time. The first one has no time before it.';
    case 'too_deep':
      return `Groups go ${limit ?? 8} deep at most.`;
    case 'too_long':
      return `A value has ${limit ?? 1000} characters at most.`;
    case 'too_many_leaves':
      return (limit ?? 0) > ruleLimits.leaves
        ? `Together with the conditions of the segments that it names, a segment has ${limit} conditions at most.`
        : `A segment has ${limit ?? ruleLimits.leaves} conditions at most.`;
    case 'too_many_values':
      return `A condition has ${limit ?? 500} values at most.`;
    case 'too_many_filters':
      return `One row has ${limit ?? 10} details at most.`;
    default:
      return reason satisfies never;
  }
}
