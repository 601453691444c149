import type { Change } from '@mini-crm/db';
import { organizationProcedure, router } from '../trpc.ts';

/** The one stream that a browser holds: what has changed in its organization, at most once a second. */
export const liveRouter = router({
  changes: organizationProcedure.subscription(async function* ({
    ctx,
    signal,
  }): AsyncGenerator<{ changes: readonly Change[] }> {
    const queue: Change[][] = [];
    let wake = () => {};
    const stop = ctx.deps.feed.listen(ctx.db.orgId, (changes) => {
      queue.push([...changes]);
      wake();
    });
    signal?.addEventListener('abort', () => wake());
    try {
      // Said at once, so that a page which reconnects reads again what it may have missed.
      yield { changes: [] };
      while (!signal?.aborted) {
        const next = queue.shift();
        if (next) yield { changes: next };
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
    }
  }),
});
