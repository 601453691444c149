import type { CampaignId, CustomerId } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { OutboxMessageDocument } from './outbox-message.model.ts';

/** What the inbox lists of a message. */
export type OutboxSummary = Pick<
  OutboxMessageDocument,
  '_id' | 'kind' | 'to' | 'from' | 'subject' | 'at' | 'campaignId' | 'customerId'
>;

/** The messages of one organization that were kept instead of sent. */
export function outboxRepository(outbox: Bound<OutboxMessageDocument>) {
  return {
    get: (id: string) => outbox.get(id),
    /** The newest first; `before` is the last one of the page before. */
    async list(query: {
      campaignId?: CampaignId;
      before?: { at: Date; id: string };
      limit: number;
    }): Promise<OutboxSummary[]> {
      const { campaignId, before, limit } = query;
      const of = campaignId ? { campaignId } : {};
      const older = before ? { $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before.id } }] } : {};
      return outbox
        .find({ ...of, ...older }, { projection: { html: 0, text: 0, headers: 0 } })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .toArray();
    },
    count: () => outbox.count({}),
    /** Removes what was written to a customer, when the customer goes. */
    removeOfCustomer: (customerId: CustomerId, session: ClientSession) => outbox.deleteMany({ customerId }, session),
    /** Keeps messages by their ids: one that is there already stays as it is. */
    async keep(messages: readonly Unowned<OutboxMessageDocument>[]): Promise<void> {
      await outbox.bulkWrite(
        messages.map(({ _id, ...rest }) => ({
          updateOne: { where: { _id }, change: { $setOnInsert: rest }, upsert: true },
        })),
        { ordered: false },
      );
    },
  };
}

export type OutboxRepository = ReturnType<typeof outboxRepository>;
