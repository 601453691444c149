import { type OpenRun, settleGroup } from '@mini-crm/db';
import { type Engine, newToken } from './engine.ts';
import { prepareWithout } from './prepare-group.ts';
import { settlementOf } from './settlement.ts';

/** Gives everybody on one open page of a run that was called off a row that says so; false where no page is free. */
export async function writeOff(engine: Engine, { orgId, runId, state }: OpenRun): Promise<boolean> {
  const db = engine.db(orgId);
  const token = newToken();
  const page = await db.pages.claimAny(runId, token);
  if (!page) return false;
  const group = { from: page.settled, to: page.customerIds.length };
  const ids = page.customerIds.slice(group.from, group.to);
  const reason = state === 'failed' ? 'campaign_failed' : 'cancelled';
  const prepared = await prepareWithout(db, ids, { type: 'skip', reason });
  const { rows } = settlementOf({
    page,
    prepared,
    outcomes: new Map(),
    policy: engine.options.retry,
    waitMs: 0,
    now: engine.now(),
    unique: token,
  });
  return settleGroup(db, engine.database.transaction, { page, token, group, rows, retries: [] });
}
