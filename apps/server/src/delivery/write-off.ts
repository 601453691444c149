import type { OpenRun } from '@mini-crm/db';
import { type Engine, newToken } from './engine.ts';
import { interrupted, settleWithout } from './settle-without.ts';

/** Gives everybody on one open page of a run that was called off a row that says so; false where no page is free. */
export async function writeOff(engine: Engine, { orgId, runId, state }: OpenRun): Promise<boolean> {
  const token = newToken();
  const page = await engine.db(orgId).pages.claimAny(runId, token);
  if (!page) return false;
  const to = page.again ? Math.min(page.again.to, page.customerIds.length) : 0;
  // Nobody can say of these that they got nothing.
  if (page.settled < to) {
    if (!(await settleWithout(engine, orgId, { page, token, to }, interrupted))) return false;
    if (to === page.customerIds.length) return true;
  }
  const rest = { ...page, settled: Math.max(page.settled, to) };
  const reason = state === 'failed' ? 'campaign_failed' : 'cancelled';
  return settleWithout(engine, orgId, { page: rest, token, to: page.customerIds.length }, { type: 'skip', reason });
}
