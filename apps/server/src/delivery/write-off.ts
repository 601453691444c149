import type { OpenRun } from '@mini-crm/db';
import { type Engine, newToken } from './engine.ts';
import { settleWithout } from './settle-without.ts';

/** Gives everybody on one open page of a run that was called off a row that says so; false where no page is free. */
export async function writeOff(engine: Engine, { orgId, runId, state }: OpenRun): Promise<boolean> {
  const token = newToken();
  const page = await engine.db(orgId).pages.claimAny(runId, token);
  if (!page) return false;
  const reason = state === 'failed' ? 'campaign_failed' : 'cancelled';
  return settleWithout(engine, orgId, { page, token, to: page.customerIds.length }, { type: 'skip', reason });
}
