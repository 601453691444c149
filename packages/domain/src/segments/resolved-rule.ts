import type { AttributeType } from '../attributes/attribute.ts';
import type { DateRange, InstantRange } from '../time/resolve-window.ts';

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

export type ResolvedAttribute = { readonly type: 'attribute' } & ResolvedCondition;

export type ResolvedNode =
  | { readonly type: 'everyone' }
  | { readonly type: 'all' | 'any'; readonly children: readonly ResolvedNode[] }
  | { readonly type: 'not'; readonly child: ResolvedNode }
  | ResolvedAttribute
  | ResolvedBehaviour;

/** A rule bound to one instant and one catalogue. */
export interface ResolvedRule {
  readonly now: number;
  readonly zone: string;
  readonly root: ResolvedNode;
}
