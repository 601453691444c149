import { type PageDocument, type Settlement, settleGroup } from '@mini-crm/db';
import type { OrganizationId } from '@mini-crm/domain';
import { type Engine, newToken } from './engine.ts';
import { type Prepared, prepareWithout } from './prepare-group.ts';
import { settlementOf } from './settlement.ts';

/**
 * Settles the people of a held page from `settled` up to, not including, `to` without a hand-over: each gets a row that says
 * what `plan` says. False where the page was taken away.
 */
export async function settleWithout(
  engine: Engine,
  orgId: OrganizationId,
  { page, token, to }: { page: PageDocument; token: string; to: number },
  plan: Exclude<Prepared['plan'], { type: 'send' }>,
): Promise<boolean> {
  const db = engine.db(orgId);
  const group = { from: page.settled, to };
  const prepared = await prepareWithout(db, page.customerIds.slice(group.from, group.to), plan);
  const { rows } = settlementOf({
    page,
    prepared,
    outcomes: new Map(),
    policy: engine.options.retry,
    senderId: null,
    pin: null,
    again: null,
    waitMs: 0,
    now: engine.now(),
    unique: newToken(),
  });
  // Whoever held the page before may have reserved room for these messages; none of them is on its way any more.
  const gone = { runId: page.runId, channel: 'email', token: null } as const;
  const ids = prepared.map(({ customerId }) => customerId);
  const within: Settlement['within'] = (session) => db.capReservations.release(gone, ids, session);
  return settleGroup(db, engine.database.transaction, { page, token, group, rows, retries: [], within });
}

/** What is said of those whose messages were on their way when nobody was left to hear the answer. */
export const interrupted = {
  type: 'end',
  outcome: { type: 'unknown', reason: 'interrupted', detail: null },
} as const satisfies Prepared['plan'];
