import type { RuleLimit } from './rule-limits.ts';

export type RulePath = readonly (string | number)[];

/** Why a rule is refused. `invalid` is a shape that no builder makes; the others name what to mend. */
export type RuleFaultReason =
  | 'invalid'
  | 'version_unknown'
  | 'group_empty'
  | 'zone_unknown'
  | 'text_unstorable'
  | 'field_unknown'
  | 'event_type_unknown'
  | 'operator_wrong'
  | 'value_wrong'
  | 'value_not_an_option'
  | 'currency_mixed'
  | 'window_wrong'
  | 'measure_wrong'
  | 'segment_unknown'
  | 'segment_cycle'
  | 'segments_too_deep'
  | 'campaign_unknown'
  | 'rank_wrong'
  | 'sequence_wrong'
  | `too_many_${Exclude<RuleLimit, 'depth' | 'characters' | 'expandedLeaves' | 'segmentDepth'>}`
  | 'too_deep'
  | 'too_long';

/** A refusal of a rule, with the path of the node or value at fault inside the rule. */
export interface RuleFault {
  readonly code: 'rule_invalid';
  readonly path: RulePath;
  readonly details: { readonly reason: RuleFaultReason; readonly limit?: number };
}

export const ruleFault = (path: RulePath, reason: RuleFaultReason, limit?: number): RuleFault => ({
  code: 'rule_invalid',
  path,
  details: limit === undefined ? { reason } : { reason, limit },
});
