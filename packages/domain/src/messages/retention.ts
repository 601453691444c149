import { z } from 'zod';

/** How many days messages are kept; null keeps them for ever. */
export const retentionInputSchema = z.strictObject({ messagesDays: z.number().int().min(30).max(3650).nullable() });

/** How long an organization keeps its messages. */
export interface Retention {
  readonly messagesDays: number | null;
  /** Nothing is removed before it: whoever set it by mistake has until then. */
  readonly startsAt: Date;
}

const dayMs = 86_400_000;

/** What a change makes of it: where less is kept than before, removing begins a day later. */
export function changeRetention(before: Retention | undefined, messagesDays: number | null, now: Date): Retention {
  const keptBefore = before?.messagesDays ?? Number.POSITIVE_INFINITY;
  const isLess = (messagesDays ?? Number.POSITIVE_INFINITY) < keptBefore;
  const stillWaits = before && before.startsAt > now;
  if (isLess) return { messagesDays, startsAt: new Date(now.getTime() + dayMs) };
  return { messagesDays, startsAt: stillWaits ? before.startsAt : now };
}

/**
 * The instant before which messages go; null while nothing does. A frequency cap counts what people got in its days, so that
 * much is kept whatever the retention.
 */
export function removedBefore(
  retention: Retention | undefined,
  cap: { readonly days: number } | null,
  now: Date,
): Date | null {
  if (!retention || retention.messagesDays === null || retention.startsAt > now) return null;
  return keptSince(retention.messagesDays, cap, now);
}

/** The instant since which messages are kept for so many days. */
export function keptSince(messagesDays: number, cap: { readonly days: number } | null, now: Date): Date {
  // The days of a cap are people's own: two more hold in every zone.
  const days = Math.max(messagesDays, cap ? cap.days + 2 : 0);
  return new Date(now.getTime() - days * dayMs);
}
