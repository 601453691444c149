import type { Duration, EngagementKind, Measure, Operator, RankNode, Window } from '@mini-crm/domain';

/** A test as it is being typed: its parts may be missing or unfit, which the language itself then refuses. */
export interface DraftTest {
  readonly operator: Operator;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
  readonly from?: unknown;
  readonly to?: unknown;
  readonly window?: DraftWindow;
  readonly compare?: string;
}

/** A window as it is being typed. */
export type DraftWindow = { readonly type: Window['type'] } & Readonly<Record<string, unknown>>;

/** A length of time as it is being typed. */
export interface DraftDuration {
  readonly amount?: number | undefined;
  readonly unit: Duration['unit'];
}

/** How the parts of a group hold together; none is "not any of them". */
export type GroupMode = 'all' | 'any' | 'none';

export interface Keyed {
  /** Stays with a row while the rows around it come and go. */
  readonly key: string;
}

/** Rows that hold together: conditions on a customer, or details of one event. */
export interface Group<Leaf extends Keyed> extends Keyed {
  readonly type: 'group';
  readonly mode: GroupMode;
  readonly children: readonly (Group<Leaf> | Leaf)[];
  /**
   * How a group of one is written, so that a rule that is opened and saved stays as it was: `alone` is its row itself,
   * `wrapped` a negated group of one. Means nothing once there are more rows.
   */
  readonly form?: 'alone' | 'wrapped' | undefined;
}

interface LeafOptions {
  readonly orMissing?: boolean | undefined;
  readonly caseSensitive?: boolean | undefined;
}

/** A condition on one event or line. */
export interface EditorCondition extends Keyed, LeafOptions {
  readonly type: 'field';
  readonly field: string;
  readonly test: DraftTest;
}

/** The conditions on one event or line. */
export type EditorFilters = Group<EditorCondition>;

export interface EditorAttribute extends Keyed, LeafOptions {
  readonly type: 'attribute';
  readonly field: string;
  readonly test: DraftTest;
}

export type Unit = 'event' | 'line';

/** Which events, of those of a row or step: their types, and what must hold of each. */
export interface EventChoice {
  readonly eventTypes: readonly string[];
  readonly where?: EditorFilters | undefined;
}

export interface EditorBehaviour extends Keyed, LeafOptions, EventChoice {
  readonly type: 'behaviour';
  readonly unit: Unit;
  readonly window: DraftWindow;
  readonly measure: Measure;
  readonly test: DraftTest;
}

export interface EditorStep extends Keyed, EventChoice {
  readonly within?: (DraftDuration & { readonly from: 'previous' | 'first' }) | undefined;
}

export interface EditorAbsence extends Keyed, EventChoice {
  readonly within?: DraftDuration | undefined;
}

export interface EditorSequence extends Keyed {
  readonly type: 'sequence';
  readonly steps: readonly EditorStep[];
  readonly notFollowedBy?: EditorAbsence | undefined;
  readonly window: DraftWindow;
}

export interface EditorEngagement extends Keyed {
  readonly type: 'engagement';
  readonly kind: EngagementKind;
  readonly campaignId?: string | undefined;
  readonly window: DraftWindow;
  /** Absent while nobody changed "at least once". */
  readonly test?: DraftTest | undefined;
  readonly includeMachine?: boolean | undefined;
}

export interface EditorInSegment extends Keyed {
  readonly type: 'inSegment';
  /** Empty until one is chosen. */
  readonly segmentId: string;
  /** People who are not in it. */
  readonly isNot: boolean;
}

export interface EditorRank extends Keyed, EventChoice {
  readonly type: 'rank';
  readonly direction: RankNode['direction'];
  readonly amount?: number | undefined;
  readonly of: RankNode['of'];
  readonly unit: Unit;
  readonly window: DraftWindow;
  readonly measure: RankNode['measure'];
}

export interface EditorEveryone extends Keyed {
  readonly type: 'everyone';
}

export type EditorLeaf =
  | EditorAttribute
  | EditorBehaviour
  | EditorSequence
  | EditorEngagement
  | EditorInSegment
  | EditorRank
  | EditorEveryone;
export type EditorGroup = Group<EditorLeaf>;
export type EditorNode = EditorGroup | EditorLeaf;

let lastKey = 0;
/** A key that no row of this page has yet. */
export const newKey = (): string => `k${++lastKey}`;

/** A group without a place yet. */
export const newGroup = <Leaf extends Keyed = EditorLeaf>(
  mode: GroupMode,
  children: readonly (Group<Leaf> | Leaf)[] = [],
): Group<Leaf> => ({ key: newKey(), type: 'group', mode, children });

/** Tells groups from rows. */
export const isGroup = <Leaf extends Keyed>(node: Group<Leaf> | Leaf): node is Group<Leaf> =>
  (node as Group<Leaf>).type === 'group';
