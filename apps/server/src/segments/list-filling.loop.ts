import { randomUUID } from 'node:crypto';
import { type HeldList, isPassingFault } from '@mini-crm/db';
import type { CustomerId } from '@mini-crm/domain';
import type { Deps } from '../deps.ts';
import { type Loop, poll } from '../worker/loop.ts';

type FillingDeps = Pick<Deps, 'database' | 'log' | 'now'>;

// What a killed worker held is taken over after it; a living one prolongs it, also where nobody is found for long.
const longestLeaseMs = 30_000;
/** So many people are written before the list says how far it is. */
const batchSize = 2000;

/** Fills the lists that are snapshots of other segments. */
export const listFillingLoop: Loop = {
  name: 'list-filling',
  start: (deps) => poll(deps, { name: 'list-filling', idleMs: 500, work: (signal) => fillNext(deps, signal) }),
};

/** Fills one list that waits, or goes on with one that another worker left; true where there was one. */
export async function fillNext(deps: FillingDeps, signal: AbortSignal, leaseMs = longestLeaseMs): Promise<boolean> {
  const token = randomUUID();
  const leaseEnd = () => new Date(deps.now().getTime() + leaseMs);
  const held = await deps.database.listQueue.claim(token, deps.now(), leaseEnd());
  if (!held) return false;
  const { segments } = deps.database.forOrganization(held.orgId);
  // One that fails is made up for by the next, or by the next write, which finds out whose the list is.
  const hold = () => segments.holdFilling(held.segmentId, token, leaseEnd()).catch(() => undefined);
  const holding = setInterval(hold, leaseMs / 3);
  try {
    await fill(deps, { ...held, token, leaseEnd }, signal);
  } catch (error) {
    if (isPassingFault(error)) throw error;
    // It stays held until its lease ends, so that a list with a fault does not keep the others waiting.
    deps.log.error({ err: error, ...held, againInMs: leaseMs }, 'a list can not be filled');
  } finally {
    clearInterval(holding);
  }
  return true;
}

interface Work extends HeldList {
  readonly token: string;
  leaseEnd(): Date;
}

async function fill(deps: FillingDeps, { orgId, segmentId, token, leaseEnd }: Work, signal: AbortSignal) {
  const db = deps.database.forOrganization(orgId);
  const work = await db.segments.filling(segmentId, token);
  if (!work) return;
  let { added } = work;
  let waiting: CustomerId[] = [];

  /** Writes who waits, then how far it is: after a crash the same people are written again, once. False where it is not ours any more. */
  async function write(): Promise<boolean> {
    const after = waiting.at(-1);
    if (after === undefined) return true;
    await db.segmentMembers.add(segmentId, waiting, work?.startedAt ?? deps.now());
    added += waiting.length;
    waiting = [];
    return db.segments.advanceFilling(segmentId, token, { after, added, heldUntil: leaseEnd() });
  }

  async function leave() {
    // Where somebody deleted the list meanwhile, nobody else takes its members away.
    if (!(await db.segments.get(segmentId))) await db.segmentMembers.removeList(segmentId);
  }

  for await (const ids of db.audience.ids(work.rule, work.after as CustomerId | null)) {
    waiting.push(...ids);
    if (waiting.length < batchSize) continue;
    if (!(await write())) return leave();
    if (signal.aborted) {
      // Stopping is no crash: the next worker need not wait for the lease.
      await db.segments.advanceFilling(segmentId, token, { after: ids.at(-1) ?? null, added, heldUntil: deps.now() });
      return;
    }
  }
  if (!(await write())) return leave();
  if (!(await db.segments.endFilling(segmentId, token, deps.now()))) return leave();
  deps.log.info({ orgId, segmentId, added }, 'list is complete');
}
