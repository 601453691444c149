import type { AttributeType } from '../attributes/attribute.ts';
import type { CampaignId, SegmentId } from '../ids/id.ts';
import type { DateRange, InstantRange } from '../time/resolve-window.ts';
import type { EngagementKind } from './rule.ts';

/*
 * What readers read: every field with its type, every window as instants, every text folded. Nothing here is relative,
 * nothing needs a catalogue, and two readers can differ only in how they say it.
 */

export type NumberComparison = 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte' | 'between' | 'in' | 'notIn';

/** A comparison of numbers: one value, two for `between` (both ends in), or a list. */
export interface NumberTest {
  readonly operator: NumberComparison;
  readonly values: readonly number[];
}

export type ResolvedTest =
  | { readonly kind: 'isSet' }
  | { readonly kind: 'isEmpty' }
  | {
      readonly kind: 'text';
      readonly operator: 'eq' | 'neq' | 'in' | 'notIn' | 'contains' | 'notContains' | 'startsWith' | 'endsWith';
      /** Folded, or composed where case counts. */
      readonly values: readonly string[];
      readonly caseSensitive: boolean;
    }
  | ({ readonly kind: 'number' } & NumberTest)
  | ({ readonly kind: 'money'; readonly currency: string } & NumberTest)
  | { readonly kind: 'boolean'; readonly operator: 'eq' | 'neq'; readonly value: boolean }
  | { readonly kind: 'dates'; readonly operator: 'within' | 'notWithin'; readonly range: DateRange }
  | { readonly kind: 'instants'; readonly operator: 'within' | 'notWithin'; readonly range: InstantRange }
  /** `MM-DD` of the days that count; an instant is first read on the calendar of the zone. */
  | { readonly kind: 'anniversary'; readonly days: readonly string[]; readonly zone: string }
  | {
      readonly kind: 'list';
      readonly operator: 'includesAny' | 'includesAll' | 'includesNone' | 'lacksSome';
      readonly values: readonly string[];
      readonly caseSensitive: boolean;
    }
  | ({ readonly kind: 'size' } & NumberTest);

export interface ResolvedField {
  readonly path: string;
  readonly type: AttributeType;
}

export interface ResolvedCondition {
  readonly field: ResolvedField;
  readonly test: ResolvedTest;
  readonly orMissing: boolean;
}

export type ResolvedFilter =
  | { readonly type: 'all' | 'any'; readonly children: readonly ResolvedFilter[] }
  | { readonly type: 'not'; readonly child: ResolvedFilter }
  | ({ readonly type: 'field' } & ResolvedCondition);

/** Numbers are added up as whole ten-thousandths, so that every reader gets the same sum; money and counts are whole already. */
export type Scale = 1 | 10_000;

export type ResolvedMeasure =
  | { readonly aggregate: 'count' }
  | { readonly aggregate: 'distinct'; readonly field: ResolvedField }
  | {
      readonly aggregate: 'sum' | 'avg' | 'min' | 'max';
      readonly field: ResolvedField;
      readonly scale: Scale;
      /** Amounts in other currencies are left out. Null for plain numbers. */
      readonly currency: string | null;
    }
  | { readonly aggregate: 'first' | 'last'; readonly field: ResolvedField };

export interface ResolvedBehaviour {
  readonly type: 'behaviour';
  readonly eventTypes: readonly string[];
  readonly unit: 'event' | 'line';
  readonly where: ResolvedFilter | null;
  readonly range: InstantRange;
  readonly measure: ResolvedMeasure;
  /** Of the measure's value; for sums and the like already in the measure's scale. */
  readonly test: ResolvedTest;
  readonly orMissing: boolean;
}

export interface ResolvedStep {
  readonly eventTypes: readonly string[];
  readonly where: ResolvedFilter | null;
  /** Less than `ms` after the step before or the first one; null where only the order counts. */
  readonly within: { readonly ms: number; readonly from: 'previous' | 'first' } | null;
}

export interface ResolvedSequence {
  readonly type: 'sequence';
  readonly steps: readonly ResolvedStep[];
  /** Of the first step. */
  readonly range: InstantRange;
  /** Now, exclusive: later events are not seen by any step nor by `notFollowedBy`. */
  readonly until: number;
  readonly notFollowedBy: {
    readonly eventTypes: readonly string[];
    readonly where: ResolvedFilter | null;
    /** Holds if `last step + withinMs <= until` and nothing lies in (last step, last step + withinMs); null is until now. */
    readonly withinMs: number | null;
  } | null;
}

export interface ResolvedEngagement {
  readonly type: 'engagement';
  readonly kind: EngagementKind;
  readonly campaignId: CampaignId | null;
  readonly range: InstantRange;
  readonly includeMachine: boolean;
  /** Of the number of messages. */
  readonly test: NumberTest;
}

/** `child` is the other segment's rule, bound to the same instant in its own zone; null where the segment is a list. */
export interface ResolvedInSegment {
  readonly type: 'inSegment';
  readonly segmentId: SegmentId;
  readonly child: ResolvedNode | null;
}

/** The measures that people can be ranked by. Money has its currency. */
export type RankMeasure = Exclude<ResolvedMeasure, { readonly aggregate: 'first' | 'last' }>;

/** What a rank is by: the units and the measure. People without a unit that counts have no rank. */
export interface RankBasis {
  readonly eventTypes: readonly string[];
  readonly unit: 'event' | 'line';
  readonly where: ResolvedFilter | null;
  readonly range: InstantRange;
  readonly measure: RankMeasure;
}

/** The value of the last one who is in, as the fraction `n / d` (d > 0): an average is a sum over a count, anything else has d = 1. */
export interface Cutoff {
  readonly n: number;
  readonly d: number;
}

/** What a reader has to answer before a rule with a rank can be bound: the value that the last one of the ranked has. */
export interface RankQuestion {
  /** Names the question inside one binding. */
  readonly key: string;
  readonly basis: RankBasis;
  readonly direction: 'top' | 'bottom';
  readonly amount: number;
  readonly of: 'people' | 'percent';
}

/** Somebody with at least one unit that counts and a value at least (`bottom`: at most) the cut-off's; null: nobody has a rank. */
export interface ResolvedRank extends RankBasis {
  readonly type: 'rank';
  readonly direction: 'top' | 'bottom';
  readonly cutoff: Cutoff | null;
}

export type ResolvedAttribute = { readonly type: 'attribute' } & ResolvedCondition;

export type ResolvedNode =
  | { readonly type: 'everyone' }
  | { readonly type: 'all' | 'any'; readonly children: readonly ResolvedNode[] }
  | { readonly type: 'not'; readonly child: ResolvedNode }
  | ResolvedAttribute
  | ResolvedBehaviour
  | ResolvedSequence
  | ResolvedEngagement
  | ResolvedInSegment
  | ResolvedRank;

/** A rule bound to one instant and one catalogue. */
export interface ResolvedRule {
  readonly now: number;
  readonly zone: string;
  readonly root: ResolvedNode;
}
