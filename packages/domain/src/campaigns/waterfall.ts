/** Why someone in a chosen segment gets nothing, in the order in which they are left out; each person leaves at the first that holds. */
export const waterfallReasons = ['duplicate', 'excluded', 'no_address', 'no_consent', 'suppressed'] as const;
export type WaterfallReason = (typeof waterfallReasons)[number];

/** How many are left after each step; each number is at most the one before it. */
export interface WaterfallCounts {
  /** The sizes of all included segments added up: who is in two counts twice. */
  readonly inSegments: number;
  readonly distinct: number;
  readonly notExcluded: number;
  readonly withAddress: number;
  readonly withConsent: number;
  readonly reachable: number;
}

/** From all chosen segments together down to exactly who will get it: `inSegments` less all `steps` is `reachable`. */
export interface Waterfall {
  readonly inSegments: number;
  readonly steps: readonly { readonly reason: WaterfallReason; readonly count: number }[];
  readonly reachable: number;
}

/** The waterfall of a descending series of counts. A service message asks for no consent: its step is left out. Throws where the counts rise, which would be a bug of the counting. */
export function waterfallOf(counts: WaterfallCounts, needsConsent: boolean): Waterfall {
  const { inSegments, distinct, notExcluded, withAddress, withConsent, reachable } = counts;
  const levels = [inSegments, distinct, notExcluded, withAddress, withConsent, reachable];
  const steps = waterfallReasons.map((reason, i) => ({ reason, count: (levels[i] ?? 0) - (levels[i + 1] ?? 0) }));
  if (steps.some((step) => step.count < 0)) throw new Error(`a waterfall rises: ${levels.join(', ')}`);
  return { inSegments, steps: steps.filter((step) => needsConsent || step.reason !== 'no_consent'), reachable };
}

/** Nobody. */
export const emptyWaterfall: Waterfall = { inSegments: 0, steps: [], reachable: 0 };
