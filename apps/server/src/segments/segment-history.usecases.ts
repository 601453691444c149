import type { OrganizationDocument, SizeOfDay } from '@mini-crm/db';
import {
  addDays,
  type CivilDate,
  civilDateAt,
  type DomainError,
  err,
  ok,
  type Result,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** What the chart of a segment is drawn from. */
export interface SegmentHistory {
  /** Oldest first; a day on which no worker ran is missing. */
  readonly points: readonly SizeOfDay[];
  readonly today: CivilDate;
}

/** The sizes of a segment in the last days of its organization's calendar. */
export async function segmentHistory(
  ctx: OrganizationContext,
  id: SegmentId,
  days: number,
): Promise<Result<SegmentHistory, DomainError>> {
  if (!(await ctx.db.segments.get(id))) return err({ code: 'not_found' });
  const today = todayOf(ctx.organization, ctx.deps.now());
  return ok({ points: await ctx.db.segmentSizes.since(id, addDays(today, 1 - days)), today });
}

/** Lets today's size be counted anew, because the segment is another since. */
export const recountToday = ({ db, organization, deps }: OrganizationContext, id: SegmentId): Promise<void> =>
  db.segmentSizes.forget(id, todayOf(organization, deps.now()));

/** The day that it is for an organization. */
export const todayOf = ({ timeZone }: Pick<OrganizationDocument, 'timeZone'>, now: Date): CivilDate =>
  civilDateAt(timeZone, now.getTime());
