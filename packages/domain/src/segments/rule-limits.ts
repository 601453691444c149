/** What one rule may hold; each is refused with a message, none is cut off. */
export const ruleLimits = {
  leaves: 100,
  /** Leaves after the rules of other segments are put in the place of their names. */
  expandedLeaves: 500,
  /** How many segments deep segments may refer to each other. */
  segmentDepth: 5,
  depth: 8,
  /** Values of one leaf. */
  values: 500,
  /** Conditions on one unit of a behaviour. */
  filters: 10,
  /** UTF-16 units of one value. */
  characters: 1000,
} as const;

export type RuleLimit = keyof typeof ruleLimits;
