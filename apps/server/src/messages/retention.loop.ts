import { randomBytes } from 'node:crypto';
import type { OrganizationDatabase, OrganizationDocument, RemovedCounts } from '@mini-crm/db';
import { type CampaignState, removedBefore } from '@mini-crm/domain';
import type { Deps } from '../deps.ts';
import { type Loop, poll, rest } from '../worker/loop.ts';

type RetentionDeps = Pick<Deps, 'database' | 'log' | 'now'>;

/** How a worker removes: so many documents at a time, and after each so many times longer a rest than it took. */
export interface RemovalPace {
  readonly batch: number;
  readonly restsFor: number;
  readonly leastRestMs: number;
}
const gentle: RemovalPace = { batch: 500, restsFor: 4, leastRestMs: 50 };
const heldMs = 120_000;
const everyMs = 60_000;

/** Removes the messages that organizations keep no longer, a few at a time, so that sending and the log go on beside it. */
export const retentionLoop: Loop = {
  name: 'retention',
  start: (deps) =>
    poll(deps, {
      name: 'retention',
      idleMs: everyMs,
      async work(signal) {
        await retentionRound(deps, signal);
        return false;
      },
    }),
};

/** One look at all organizations. What one worker leaves undone, this one or another goes on with. */
export async function retentionRound(deps: RetentionDeps, signal: AbortSignal, pace = gentle): Promise<void> {
  for (const organization of await deps.database.accounts.organizationsWithRetention()) {
    if (signal.aborted) return;
    const { retention, sending } = organization;
    const before = removedBefore(retention, sending?.frequencyCap ?? null, deps.now());
    if (before) await removeOld(deps, organization, before, signal, pace);
  }
}

async function removeOld(
  deps: RetentionDeps,
  organization: OrganizationDocument,
  before: Date,
  signal: AbortSignal,
  pace: RemovalPace,
): Promise<void> {
  const db = deps.database.forOrganization(organization._id);
  const { retention } = db;
  const going = await retention.isGoing();
  const old = await retention.old(before, 1);
  if (!going && Object.values(old).every((count) => count === 0)) return;
  const token = randomBytes(12).toString('hex');
  const hold = () => retention.hold(token, deps.now(), new Date(deps.now().getTime() + heldMs));
  if (!(await hold())) return;
  try {
    await retention.begin(before, deps.now());
    const step = async (what: keyof RemovedCounts | null, remove: () => Promise<number>) => {
      for (;;) {
        if (signal.aborted || !(await hold())) return false;
        const started = performance.now();
        const count = await remove();
        if (what && count > 0) await retention.note({ [what]: count });
        if (count < pace.batch) return true;
        await rest(Math.max(pace.leastRestMs, pace.restsFor * (performance.now() - started)), signal);
      }
    };
    const all =
      (await removeRuns(deps, db, organization.currency, before, step, pace)) &&
      (await step('transactional', () => retention.removeTransactional(before, pace.batch))) &&
      (await step('outbox', () => retention.removeOutbox(before, pace.batch)));
    if (!all) return;
    await retention.finish(deps.now());
    const [round] = await retention.rounds();
    deps.log.info({ orgId: organization._id, ...round }, 'old messages were removed');
  } finally {
    await retention.leave(token);
  }
}

type Step = (what: keyof RemovedCounts | null, remove: () => Promise<number>) => Promise<boolean>;

const runsAtOnce = 20;
const open: readonly CampaignState[] = ['draft', 'scheduled', 'sending', 'paused'];

/** Whole runs, one after the other: first what their reports say is kept, then rows and pages go. */
async function removeRuns(
  deps: RetentionDeps,
  db: OrganizationDatabase,
  currency: string,
  before: Date,
  step: Step,
  pace: RemovalPace,
): Promise<boolean> {
  const { retention } = db;
  for (let skipped = 0; ; ) {
    const runs = await retention.oldRuns(before, runsAtOnce + skipped);
    const next = runs.slice(skipped);
    if (next.length === 0) return true;
    for (const { id, campaignId } of next) {
      // A campaign that is sent again reads its people from these rows.
      if ((await db.campaigns.again(campaignId)).some(({ state }) => open.includes(state))) {
        skipped++;
        continue;
      }
      await db.campaignReports.keep(id, campaignId, currency, deps.now());
      if (!(await step('messages', () => retention.removeRows(id, pace.batch)))) return false;
      if (!(await step(null, () => retention.removePages(id, pace.batch)))) return false;
      await retention.removed(id, deps.now());
      await retention.note({ campaigns: 1 });
    }
  }
}
