import type { CustomerId, MessageId, TransactionalDelivery } from '@mini-crm/domain';
import type { Transaction } from '../delivery/page-settlement.ts';
import type { OrganizationDatabase } from '../organization/organization-database.ts';
import type { LaterMessage } from './messages.repository.ts';

/** What is written when messages of one organization in one holder's hand are through, all of it or nothing. */
export interface MessageSettlement {
  readonly token: string;
  readonly rows: readonly TransactionalDelivery[];
  /** Those that are tried again, instead of a row. */
  readonly later: readonly LaterMessage[];
}

/**
 * Settles messages in one transaction: the rows of those that are still in this holder's hand, and the queue. For those that
 * were taken over meanwhile, the guess `unknown` is replaced by what really came of them. May be repeated when its answer
 * was lost. Answers how many were not in hand any more.
 */
export async function settleMessages(
  db: OrganizationDatabase,
  transaction: Transaction,
  { token, rows, later }: MessageSettlement,
): Promise<number> {
  const ids = [...rows, ...later].map(({ id }) => id);
  const held = await transaction(async (session): Promise<ReadonlySet<MessageId>> => {
    const ours = await db.transactionalMessages.held(ids, token, session);
    const settled = rows.filter(({ id }) => ours.has(id));
    await db.transactionalMessages.finish(
      settled.map(({ id }) => id),
      token,
      session,
    );
    await db.transactionalMessages.release(later, token, session);
    const customers = settled.flatMap(({ customerId }) => customerId ?? []);
    const present = customers.length > 0 ? await db.recipients.present(customers, session) : new Set<CustomerId>();
    const named = (row: TransactionalDelivery) => row.customerId === null || present.has(row.customerId);
    const written = settled.map((row) => (named(row) ? row : { ...row, address: '', name: '', detail: null }));
    if (written.length > 0) await db.deliveries.insertMany(written, session);
    return ours;
  });
  const lost = rows.filter(({ id }) => !held.has(id));
  for (const row of lost) {
    if (row.state !== 'unknown') await transaction((session) => db.deliveries.reconcile(row, session));
  }
  return lost.length;
}
