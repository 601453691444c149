import { bindRule, isPassingFault, isTimeLimit, type OrganizationDocument } from '@mini-crm/db';
import type { CivilDate, OrganizationId, SegmentId } from '@mini-crm/domain';
import type { Deps } from '../deps.ts';
import { type Loop, poll } from '../worker/loop.ts';
import { ruleContext } from './rule-context.ts';
import { todayOf } from './segment-history.usecases.ts';
import { ruleOf } from './segment-size.usecases.ts';

type HistoryDeps = Pick<Deps, 'database' | 'log' | 'now'>;

// A worker that was killed while it counted is given up after it; a size that takes too long is tried again then.
const countingMs = 3_600_000;
const maxTimeMS = 120_000;
// What belongs to no segment for a day is of a list that was never finished.
const orphanMs = 86_400_000;

/** Counts every segment once a day of its organization's calendar, and a new or changed one at once. */
export const segmentHistoryLoop: Loop = {
  name: 'segment-history',
  start: (deps) =>
    poll(deps, {
      name: 'segment-history',
      idleMs: 15_000,
      async work(signal) {
        await historyRound(deps, signal);
        return false;
      },
    }),
};

/** One look at all organizations: what has no size of today is counted, by one worker each. Days that nobody was there are not made up. */
export async function historyRound(deps: HistoryDeps, signal: AbortSignal): Promise<void> {
  for (const orgId of await deps.database.accounts.organizationIds()) {
    if (signal.aborted) return;
    const organization = await deps.database.accounts.organization(orgId);
    if (organization) await countOrganization(deps, organization, signal);
  }
}

async function countOrganization(deps: HistoryDeps, organization: OrganizationDocument, signal: AbortSignal) {
  const db = deps.database.forOrganization(organization._id);
  const date = todayOf(organization, deps.now());
  const ids = (await db.segments.names()).map(({ id }) => id);
  const missing = await db.segmentSizes.missing(date, ids, countingSince(deps));
  if (missing.length > 0) await sweepLists(deps, organization._id);
  for (const id of missing) {
    if (signal.aborted) return;
    try {
      await countSegment(deps, organization, id, date);
    } catch (error) {
      if (isPassingFault(error)) throw error;
      const slow = isTimeLimit(error);
      deps.log[slow ? 'warn' : 'error'](
        { err: error, orgId: organization._id, segmentId: id, againInMs: countingMs },
        'the size of a segment can not be counted',
      );
    }
  }
}

const countingSince = (deps: HistoryDeps) => new Date(deps.now().getTime() - countingMs);

async function countSegment(deps: HistoryDeps, organization: OrganizationDocument, id: SegmentId, date: CivilDate) {
  const db = deps.database.forOrganization(organization._id);
  const at = deps.now();
  if (!(await db.segmentSizes.begin(id, date, at, countingSince(deps)))) return;
  const segment = await db.segments.get(id);
  if (!segment) return db.segmentSizes.forget(id, date);
  const context = await ruleContext({ db, organization }, at);
  const rule = await bindRule(db.audience, ruleOf(segment), context, { maxTimeMS });
  // A segment whose rule names what is gone has no size; the editor says so.
  if (!rule.ok) return;
  const [size, total] = await Promise.all([
    db.audience.count(rule.value, { maxTimeMS }),
    db.customers.count({}, maxTimeMS),
  ]);
  if (total !== null) await db.segmentSizes.put(id, at, { date, size, total, at: deps.now() });
}

/** Takes away the members of lists that are no lists: of one whose making was cut off, or that was deleted meanwhile. */
async function sweepLists(deps: HistoryDeps, orgId: OrganizationId): Promise<void> {
  const db = deps.database.forOrganization(orgId);
  const before = new Date(deps.now().getTime() - orphanMs);
  for (const id of await db.segmentMembers.orphans(await db.segments.ids(), before)) {
    await db.segmentMembers.removeList(id);
    deps.log.info({ orgId, segmentId: id }, 'members of a list that is none were removed');
  }
}
