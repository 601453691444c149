import type { AttributeValue } from '../attributes/attribute.ts';
import type { OrderLine } from '../events/event.ts';
import type { SegmentId } from '../ids/id.ts';
import type { InstantRange } from '../time/resolve-window.ts';
import type { DeliveryFacts, EventFacts } from './customer-facts.ts';
import type { RuleNode } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

/** Why one customer is in a segment or not: the rule's own tree, with what holds and the values that decided it. */
export interface Explanation {
  readonly now: number;
  /** Whose calendar the windows follow. */
  readonly zone: string;
  readonly root: ExplainedNode;
}

/** One node of a rule, parallel to it. */
export interface ExplainedNode {
  /** Inside the rule that the node stands in; below an `inSegment` that is the other segment's rule. */
  readonly path: RulePath;
  readonly type: RuleNode['type'];
  /** As it stands after "customers": `who have at least 3 orders`. */
  readonly sentence: string;
  readonly holds: boolean;
  /** Of groups and `not`; of `inSegment` the other rule's root. */
  readonly children: readonly ExplainedNode[];
  /** Of leaves; null for groups and `everyone`. */
  readonly evidence: Evidence | null;
}

/** What decided a leaf. */
export type Evidence =
  | AttributeEvidence
  | BehaviourEvidence
  | SequenceEvidence
  | EngagementEvidence
  | SegmentEvidence
  | RankEvidence;

export interface AttributeEvidence {
  readonly kind: 'attribute';
  /** Null is no value: then only `isEmpty` holds, or the leaf's `orMissing`. */
  readonly value: AttributeValue | null;
  readonly orMissing: boolean;
}

/** How many units, events or lines, of which the newest are shown. */
interface Counted {
  /** Of the types, in the window and fulfilling the conditions. */
  readonly counted: number;
  /** Those of them that the measure leaves out: without a value, or in another currency. */
  readonly leftOut: number;
  /** The newest of those that counted, newest first. */
  readonly units: readonly ExplainedUnit[];
  readonly range: InstantRange;
  /** What the measure comes to, as it is shown: an average may be rounded. Null is no value. */
  readonly value: AttributeValue | null;
}

export interface BehaviourEvidence extends Counted {
  readonly kind: 'behaviour';
  readonly orMissing: boolean;
}

export interface RankEvidence extends Counted {
  readonly kind: 'rank';
  readonly direction: 'top' | 'bottom';
  /** The value of the last one who is in; null: nobody has a rank. */
  readonly cutoff: AttributeValue | null;
}

export interface ExplainedUnit extends Pick<EventFacts, 'eventId' | 'type' | 'at' | 'total' | 'currency'> {
  /** The line, where lines are counted. */
  readonly line: OrderLine | null;
}

export interface SequenceEvidence {
  readonly kind: 'sequence';
  /** Of the first step. */
  readonly range: InstantRange;
  /** One event for each step that was reached, in their order. */
  readonly reached: readonly ExplainedUnit[];
  readonly outcome: SequenceOutcome;
}

export type SequenceOutcome =
  | { readonly type: 'complete' }
  /** Nothing fulfils the step with this index, or only something that came too late: not before `before`. */
  | {
      readonly type: 'stepMissing';
      readonly step: number;
      readonly before: Date | null;
      readonly tooLate: ExplainedUnit | null;
    }
  /** What should not have followed did. */
  | { readonly type: 'followed'; readonly by: ExplainedUnit }
  /** Nothing has followed yet, and until then it still can. */
  | { readonly type: 'waiting'; readonly until: Date };

export interface EngagementEvidence {
  readonly kind: 'engagement';
  readonly counted: number;
  /** The newest of the messages that counted, newest first. */
  readonly messages: readonly ExplainedMessage[];
  readonly range: InstantRange;
}

export interface ExplainedMessage extends DeliveryFacts {
  /** Null where the catalogue does not know the campaign any more. */
  readonly campaignName: string | null;
}

export interface SegmentEvidence {
  readonly kind: 'segment';
  readonly segmentId: SegmentId;
  readonly name: string | null;
  /** Whether it is a list of people; otherwise its rule is the node's child, and `zone` the one of its windows. */
  readonly isList: boolean;
  readonly zone: string;
}

/** At most so many units or messages are shown of those that counted. */
export const shownUnits = 5;
