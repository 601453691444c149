import type { CustomerId, DeliveryEvent, RunId } from '@mini-crm/domain';
import type { Bound } from '../organization/bound.ts';
import type { DeliveryDocument } from './delivery.model.ts';
import type { PageDocument } from './page.model.ts';
import type { Transaction } from './page-settlement.ts';
import type { RunWorkRepository } from './run-work.repository.ts';

/** A row as far as it matters to what a provider says of its message. */
export type ReportedRow = Pick<
  DeliveryDocument,
  | '_id'
  | 'runId'
  | 'campaignId'
  | 'customerId'
  | 'address'
  | 'state'
  | 'deliveredAt'
  | 'bouncedAt'
  | 'softBouncedAt'
  | 'complainedAt'
>;

const projection = Object.fromEntries(
  [
    ...['runId', 'campaignId', 'customerId', 'address', 'state'],
    ...['deliveredAt', 'bouncedAt', 'softBouncedAt', 'complainedAt'],
  ].map((name) => [name, 1]),
);

/** What providers say of messages of one organization, hours after they took them. */
export function deliveryEventsRepository(
  deliveries: Bound<DeliveryDocument>,
  pages: Bound<PageDocument>,
  runWork: RunWorkRepository,
  transaction: Transaction,
) {
  /** Which page of a run counts each of these people as unknown. */
  async function pagesOf(runId: RunId, people: ReadonlySet<CustomerId>): Promise<Map<CustomerId, string>> {
    const found = pages.find(
      { runId, 'counts.unknown': { $gt: 0 } },
      { projection: { customerIds: 1, attempt: 1 }, sort: { attempt: 1 } },
    );
    const pageOf = new Map<CustomerId, string>();
    for await (const { _id, customerIds } of found) {
      // Who was tried again is in several pages; the last one settled them.
      for (const id of customerIds) if (people.has(id)) pageOf.set(id, _id);
    }
    return pageOf;
  }

  return {
    /** The rows of these ids that are there. */
    async rows(ids: readonly string[]): Promise<Map<string, ReportedRow>> {
      const found = await deliveries.find({ _id: { $in: [...ids] } }, { projection }).toArray();
      return new Map(found.map((row) => [row._id, row]));
    },

    /** Notes when it happened; the first instant of each kind stays, so the same again changes nothing. */
    async note(events: readonly { readonly id: string; readonly event: DeliveryEvent }[]): Promise<void> {
      await deliveries.bulkWrite(
        events.map(({ id, event: { type, at, detail } }) => ({
          updateOne: {
            where: { _id: id },
            change: { $min: { [`${type}At`]: at }, ...(detail === null ? {} : { $set: { detail } }) } as object,
          },
        })),
        { ordered: false },
      );
    },

    /**
     * A provider had these messages, so those of which nobody knew are sent: in the rows, in the counts of their pages and in
     * what is counted of their runs. Says how many they were.
     */
    async settleUnknown(rows: readonly ReportedRow[]): Promise<number> {
      const runs = new Map<RunId | null, ReportedRow[]>();
      for (const row of rows) runs.set(row.runId, [...(runs.get(row.runId) ?? []), row]);
      let settled = 0;
      for (const [runId, ofRun] of runs) {
        const people = new Set(ofRun.flatMap(({ customerId }) => customerId ?? []));
        const pageOf = runId === null ? new Map<CustomerId, string>() : await pagesOf(runId, people);
        for (const { _id, customerId } of ofRun) {
          const page = customerId === null ? undefined : pageOf.get(customerId);
          const changed = await transaction(async (session) => {
            const change = { $set: { state: 'sent', reason: null } } as const;
            const done = await deliveries.updateOne({ _id, state: 'unknown' }, change, { session });
            if (done.modifiedCount === 0) return false;
            if (page) {
              await pages.updateOne({ _id: page }, { $inc: { 'counts.unknown': -1, 'counts.sent': 1 } } as object, {
                session,
              });
            }
            if (runId) await runWork.recount(runId, session);
            return true;
          });
          if (changed) settled++;
        }
      }
      return settled;
    },
  };
}

export type DeliveryEventsRepository = ReturnType<typeof deliveryEventsRepository>;
