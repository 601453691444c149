import type { Change, Database } from '@mini-crm/db';
import type { OrganizationId, UserId } from '@mini-crm/domain';
import { organizationProcedure, router } from '../trpc.ts';

/** A stream outlives the request that was authorized: so often it is asked again whether its listener may listen. */
const membershipCheckMs = 30_000;

const isStillMember = async (database: Database, orgId: OrganizationId, userId: UserId) =>
  (await database.accounts.membership(orgId, userId)) !== null;

/** The one stream that a browser holds: what has changed in its organization, at most once a second. */
export const liveRouter = router({
  changes: organizationProcedure.subscription(async function* ({
    ctx,
    signal,
  }): AsyncGenerator<{ changes: readonly Change[] }> {
    const queue: Change[][] = [];
    let wake = () => {};
    let checkedAt = performance.now();
    const check = setInterval(() => wake(), membershipCheckMs);
    const stop = ctx.deps.feed.listen(ctx.db.orgId, (changes) => {
      queue.push([...changes]);
      wake();
    });
    signal?.addEventListener('abort', () => wake());
    // Somebody is here: the sizes that they will ask for should find the columns open.
    ctx.deps.engine.warm(ctx.db.orgId);
    try {
      // Said at once, so that a page which reconnects reads again what it may have missed.
      yield { changes: [] };
      while (!signal?.aborted) {
        const next = queue.shift();
        if (next) yield { changes: next };
        else await new Promise<void>((resolve) => (wake = resolve));
        if (performance.now() - checkedAt < membershipCheckMs) continue;
        checkedAt = performance.now();
        if (!(await isStillMember(ctx.deps.database, ctx.db.orgId, ctx.user.id))) return;
      }
    } finally {
      clearInterval(check);
      stop();
    }
  }),
});
