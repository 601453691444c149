import { z } from 'zod';
import type { CampaignId, SegmentId } from '../ids/id.ts';
import { fold } from '../text/fold.ts';
import { isStorableText, oneLine, plainText } from '../text/plain-text.ts';
import type { Rule } from './rule.ts';

/** What a marketer writes about a segment beside its rule. */
export const segmentFieldsSchema = z.strictObject({
  name: oneLine(120).min(1),
  description: plainText(1000),
});
export type SegmentFields = z.infer<typeof segmentFieldsSchema>;

interface SegmentBase extends SegmentFields {
  readonly id: SegmentId;
  readonly version: number;
  /** Out of the lists and pickers, still there for who uses it. */
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A named audience: whoever fulfils its rule at the moment of asking. */
export interface DynamicSegment extends SegmentBase {
  readonly kind: 'dynamic';
  readonly rule: Rule;
}

/** A list that is still being made from the members of another segment, or from those who got a campaign: nobody can use it before it is whole. */
export interface ListFilling {
  readonly from: { readonly id: SegmentId | CampaignId; readonly name: string };
  readonly startedAt: Date;
  /** How many people are on it so far. */
  readonly added: number;
}

/** A named audience: the people who were put on its list. */
export interface StaticSegment extends SegmentBase {
  readonly kind: 'static';
  readonly filling: ListFilling | null;
}

export type Segment = DynamicSegment | StaticSegment;

/** The name of a duplicate: `Lapsed copy`, then `Lapsed copy 2`, the first that is not taken in any case. */
export function copyName(name: string, taken: readonly string[]): string {
  const start = name.replace(/ copy( \d+)?$/, '').slice(0, 105);
  // Half of a character that was cut in two can't be stored.
  const base = `${isStorableText(start) ? start : start.slice(0, -1)} copy`;
  const folded = new Set(taken.map(fold));
  let candidate = base;
  for (let number = 2; folded.has(fold(candidate)); number++) candidate = `${base} ${number}`;
  return candidate;
}
