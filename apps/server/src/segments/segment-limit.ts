import { maximumSegments } from '@mini-crm/db';
import { type DomainError, err, ok, type Result } from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** Refuses one segment too many. */
export async function checkSegmentLimit({ db }: Pick<OrganizationContext, 'db'>): Promise<Result<null, DomainError>> {
  if ((await db.segments.count()) < maximumSegments) return ok(null);
  return err({ code: 'segment_limit', details: { limit: maximumSegments } });
}
