import { type CampaignDelivery, type DeliveryState, deliveryStates, type PageCounts } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { OrganizationDatabase } from '../organization/organization-database.ts';
import type { PageDocument } from './page.model.ts';
import type { NewPage } from './pages.repository.ts';

/** What is written when a group of a page is settled, all of it or nothing. */
export interface Settlement {
  readonly page: Pick<PageDocument, '_id' | 'customerIds'>;
  readonly token: string;
  readonly group: { readonly from: number; readonly to: number };
  readonly rows: readonly CampaignDelivery[];
  /** The people of the group who are tried again later, instead of a row. */
  readonly retries: readonly NewPage[];
}

class NotHeld extends Error {}

/** What is needed to run several writes as one. */
export type Transaction = <T>(work: (session: ClientSession) => Promise<T>) => Promise<T>;

/**
 * Settles a group in one transaction: its rows, the pages of those who are tried again, and the page's own progress, which
 * holds only for the one who holds the page. So after a crash a group is settled or it is not. True where it is settled,
 * also by an earlier try whose answer was lost; false where the page was taken away before.
 */
export async function settleGroup(
  db: OrganizationDatabase,
  transaction: Transaction,
  settlement: Settlement,
): Promise<boolean> {
  const { page, token, group, rows, retries } = settlement;
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
      await db.deliveries.insertMany(
        rows.filter((row) => !known.has(row.id)).map((row) => (present.has(row.customerId) ? row : nameless(row))),
        session,
      );
      await db.pages.insertMany(retries, session);
    });
    return true;
  } catch (error) {
    if (!(error instanceof NotHeld)) throw error;
  }
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
