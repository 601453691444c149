import type { OrganizationId } from '@mini-crm/domain';
import type { Db } from 'mongodb';
import { isStored, organizationStream, type StoredChange, type StreamStart } from '../live/change-stream.ts';
import type { ChangeApplier } from './change-applier.ts';
import { markOf } from './marks.ts';

/** The stream says that what the columns know may be gone: they have to be made anew. */
export class MadeAnew extends Error {}

/** Whether a change is of an organization, or may be: a delete does not say whose it was. */
export function isOf(orgId: OrganizationId, change: StoredChange): boolean {
  if (change.operationType !== 'delete') return change.fullDocument?.orgId === orgId;
  return change.ns.coll !== 'events' || String(change.documentKey._id).startsWith(`${orgId}:`);
}

export interface Following {
  readonly db: Db;
  readonly orgId: OrganizationId;
  readonly applier: ChangeApplier;
  readonly signal: AbortSignal;
  /** When following on would take longer than this, in ms, it gives up; null: never. */
  readonly catchUpMs: number | null;
}

const atOnce = 2000;
const judgedAfterMs = 20_000;

/**
 * Reads a stream of the organization's own up to a mark, no faster than it is written, and answers where it got to.
 * @throws {MadeAnew} where there is no use in following.
 */
export async function followTo(start: StreamStart, mark: number, following: Following): Promise<StreamStart> {
  const { db, orgId, applier, signal } = following;
  const stream = organizationStream(db, orgId, start);
  const close = () => void stream.close().catch(() => undefined);
  signal.addEventListener('abort', close);
  const isHopeless = judge(following.catchUpMs);
  try {
    for (;;) {
      signal.throwIfAborted();
      const change = await stream.next();
      if (!isStored(change)) throw new MadeAnew(`A collection was the object of ${change.operationType}.`);
      applier.take(change, isOf(orgId, change));
      const reached = (markOf(change) ?? 0) >= mark;
      if (!reached && applier.backlog() < atOnce) continue;
      await applier.write();
      if (reached) return { resumeAfter: change._id };
      if (isHopeless(change.wallTime)) throw new MadeAnew('The changes come faster than they can be followed.');
    }
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** Says, by how far the stream has come since the call, whether the rest would take too long. */
function judge(limitMs: number | null): (at: Date | undefined) => boolean {
  const began = performance.now();
  let first: number | null = null;
  return (at) => {
    if (limitMs === null || !at) return false;
    first ??= at.getTime();
    const taken = performance.now() - began;
    if (taken < judgedAfterMs) return false;
    const come = Math.max(at.getTime() - first, 1);
    // While we read, as much comes on as time passes.
    const gain = come / taken - 1;
    return gain <= 0 || (Date.now() - at.getTime()) / gain > limitMs;
  };
}
