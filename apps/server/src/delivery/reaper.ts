import type { OpenRun, PageHold } from '@mini-crm/db';
import { type Engine, newToken } from './engine.ts';
import { interrupted, settleWithout } from './settle-without.ts';

/** What stands still: the sign of life that was last seen and since when, by this process's own monotonic clock. */
interface Watched {
  readonly mark: string;
  readonly since: number;
}

/** Watches signs of life: says for how many ms this very one has stood still. A wall clock that is set does not matter to it. */
export function stillness(clock: () => number = () => performance.now()) {
  let watched = new Map<string, Watched>();
  return {
    of(key: string, mark: string): number {
      const seen = watched.get(key);
      if (seen?.mark === mark) return clock() - seen.since;
      watched.set(key, { mark, since: clock() });
      return 0;
    },
    /** Forgets what is not among these keys. */
    keep(keys: ReadonlySet<string>) {
      watched = new Map([...watched].filter(([key]) => keys.has(key)));
    },
  };
}

export type Stillness = ReturnType<typeof stillness>;

/** Takes over the pages whose holder has given no sign of life for the length of the lease. `mine` are this worker's own. */
export async function reap(
  engine: Engine,
  watch: Stillness,
  runs: readonly OpenRun[],
  mine: ReadonlySet<string>,
): Promise<number> {
  const seen = new Set<string>();
  let taken = 0;
  for (const { orgId, runId } of runs) {
    for (const hold of await engine.db(orgId).pages.held(runId)) {
      if (mine.has(hold.id)) continue;
      seen.add(hold.id);
      if (watch.of(hold.id, `${hold.token} ${hold.beat}`) < engine.options.leaseMs) continue;
      if (await takeOver(engine, orgId, hold)) taken++;
    }
  }
  watch.keep(seen);
  return taken;
}

/**
 * Settles what a dead holder left. Between `settled` and `mark` messages may have gone out: they become `unknown`, unless
 * the channel takes the same message twice without harm. What lies beyond the mark surely did not, and is free again.
 */
async function takeOver(engine: Engine, orgId: OpenRun['orgId'], hold: PageHold): Promise<boolean> {
  const db = engine.db(orgId);
  const token = newToken();
  const page = await db.pages.takeOver(hold, token);
  if (!page) return false;
  const by = page.via ?? null;
  const repeatable = page.mark > page.settled && (await engine.route(orgId)).repeats(by);
  const doubtful = repeatable ? 0 : page.mark - page.settled;
  if (doubtful > 0) {
    await settleWithout(engine, orgId, { page, token, to: page.mark }, interrupted);
  }
  // Nor is anything on its way to those behind the mark, for whom room may be reserved.
  const free = page.customerIds.slice(page.mark);
  const gone = { runId: page.runId, channel: 'email', token: null } as const;
  await engine.database.transaction(async (session) => {
    if (await db.pages.beat(page._id, token, session)) await db.capReservations.release(gone, free, session);
  });
  const to = Math.max(page.mark, page.again?.to ?? 0);
  await db.pages.release(
    page._id,
    token,
    undefined,
    repeatable ? { by, to, tries: page.again?.tries ?? 0 } : undefined,
  );
  const left = page.customerIds.length - page.settled - doubtful;
  engine.log.warn({ page: page._id, orgId, unknown: doubtful, left }, 'page taken over');
  return true;
}
