/** A part of a whole between 0 and 1, or null where there is no whole: a campaign that nobody got has no open rate, not one of zero. */
export const rateOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
