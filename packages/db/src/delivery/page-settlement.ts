import { type CampaignDelivery, type DeliveryState, deliveryStates, type PageCounts } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { OrganizationDatabase } from '../organization/organization-database.ts';
import type { PageDocument } from './page.model.ts';
import type { NewPage } from './pages.repository.ts';

/** What is written when a group of a page is settled. */
export interface Settlement {
  readonly page: Pick<PageDocument, '_id' | 'customerIds'>;
  readonly token: string;
  readonly group: { readonly from: number; readonly to: number };
  readonly rows: readonly CampaignDelivery[];
  /** The people of the group who are tried again later, instead of a row. */
  readonly retries: readonly NewPage[];
  /**
   * What else is written with it, all of it or nothing. To be given as well where another worker may still be writing rows of
   * this group, as one that was taken for dead.
   */
  readonly within?: ((session: ClientSession) => Promise<void>) | undefined;
}

class NotHeld extends Error {}

/** What is needed to run several writes as one. */
export type Transaction = <T>(work: (session: ClientSession) => Promise<T>) => Promise<T>;

/**
 * Settles a group: its rows, the pages of those who are tried again, and the page's own progress, which holds only for the one
 * who holds the page. True where it is settled, also by an earlier try whose answer was lost; false where the page was taken
 * away before. A group of rows alone takes no transaction: see {@link settleRows}.
 */
export async function settleGroup(
  db: OrganizationDatabase,
  transaction: Transaction,
  settlement: Settlement,
): Promise<boolean> {
  const atOnce = settlement.within !== undefined || settlement.retries.length > 0;
  const done = atOnce ? await settleAtOnce(db, transaction, settlement) : await settleRows(db, settlement);
  return done || isSettled(db, settlement);
}

/**
 * Rows first, then the page, under its token: rows are the record. After a crash in between whoever takes the page over finds
 * them and adds only those that are missing, and a worker that had lost its page meanwhile finds rows that stay as they are.
 */
async function settleRows(db: OrganizationDatabase, { page, token, group, rows }: Settlement): Promise<boolean> {
  const there = await db.deliveries.insertNew(rows);
  const known = there.size > 0 ? await db.deliveries.states([...there]) : new Map<string, DeliveryState>();
  const counts = countStates(rows.map((row) => known.get(row.id) ?? row.state));
  await forgetRemoved(db, rows);
  return db.pages.settle(page, token, group, counts);
}

/** Customers who were deleted while their messages were on their way, before there was a row to take their names from. */
async function forgetRemoved(db: OrganizationDatabase, rows: readonly CampaignDelivery[]): Promise<void> {
  const present = await db.recipients.present(rows.map((row) => row.customerId));
  const removed = rows.filter((row) => row.address !== '' && !present.has(row.customerId));
  for (const { customerId } of removed) await db.deliveries.forget(customerId);
}

/**
 * Settles a group in one transaction. For those who take a page over from somebody who may still live, and for retries: their
 * pages must be there exactly where the group is settled.
 */
async function settleAtOnce(
  db: OrganizationDatabase,
  transaction: Transaction,
  { page, token, group, rows, retries, within }: Settlement,
): Promise<boolean> {
  try {
    await transaction(async (session) => {
      // Rows of this group can only be there where somebody else wrote them; they stay and are counted as they are.
      const known = await db.deliveries.states(
        rows.map((row) => row.id),
        session,
      );
      const counts = countStates(rows.map((row) => known.get(row.id) ?? row.state));
      if (!(await db.pages.settle(page, token, group, counts, session))) throw new NotHeld();
      const present = await db.recipients.present(
        rows.map((row) => row.customerId),
        session,
      );
      const removed = rows.filter((row) => known.has(row.id) && !present.has(row.customerId));
      for (const { customerId } of removed) await db.deliveries.forget(customerId, session);
      await db.deliveries.insertMany(
        rows.filter((row) => !known.has(row.id)).map((row) => (present.has(row.customerId) ? row : nameless(row))),
        session,
      );
      await db.pages.insertMany(retries, session);
      await within?.(session);
    });
    return true;
  } catch (error) {
    if (error instanceof NotHeld) return false;
    throw error;
  }
}

/** Whether a group was settled by a try whose answer was lost. */
async function isSettled(db: OrganizationDatabase, { page, token, group, rows }: Settlement): Promise<boolean> {
  const now = await db.pages.get(page._id);
  const ours = now?.token === token || (now?.state === 'done' && group.to === page.customerIds.length);
  if (!now || !ours || now.settled < group.to) return false;
  const states = await db.deliveries.states(rows.map((row) => row.id));
  return rows.every((row) => states.get(row.id) === row.state);
}

/**
 * For a worker that lost its page while its messages were on their way: replaces the guess `unknown` that was written for
 * them by what really came of each.
 */
export async function reconcileGroup(
  db: OrganizationDatabase,
  transaction: Transaction,
  pageId: string,
  rows: readonly CampaignDelivery[],
): Promise<number> {
  let corrected = 0;
  for (const row of rows) {
    if (row.state === 'unknown') continue;
    const done = await transaction(async (session) => {
      if (!(await db.deliveries.reconcile(row, session))) return false;
      await db.pages.recount(pageId, 'unknown', row.state, session);
      await db.runWork.recount(row.runId, session);
      return true;
    });
    if (done) corrected++;
  }
  return corrected;
}

/** The row of somebody who was deleted while their message was on its way: it names them no more than their older rows do. */
const nameless = (row: CampaignDelivery): CampaignDelivery => ({ ...row, address: '', name: '', detail: null });

function countStates(states: readonly DeliveryState[]): PageCounts {
  const counts = Object.fromEntries(deliveryStates.map((state) => [state, 0])) as Record<DeliveryState, number>;
  for (const state of states) counts[state]++;
  return counts;
}
