import type { SenderId, SenderTrouble } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { Bound } from '../organization/bound.ts';
import type { SenderDocument, SenderUseDocument } from './sender.model.ts';

/** What a person decides of a sender. */
export type SenderChange = Pick<SenderDocument, 'name' | 'enabled' | 'way' | 'throttle'>;

/** The senders of one organization, in the order in which they are tried. */
export function sendersRepository(senders: Bound<SenderDocument>, uses: Bound<SenderUseDocument>) {
  const inOrder = (session?: ClientSession) =>
    senders
      .find({}, session ? { session } : {})
      .sort({ order: 1, _id: 1 })
      .toArray();
  return {
    list: () => inOrder(),
    get: (id: SenderId) => senders.get(id),
    count: () => senders.count({}),
    /** Adds a sender behind the others. */
    async insert(id: SenderId, change: SenderChange, now: Date): Promise<void> {
      const last = await senders.findOne({}, { sort: { order: -1 }, projection: { order: 1 } });
      const order = (last?.order ?? -1) + 1;
      const times = { createdAt: now, updatedAt: now };
      await senders.insert({ _id: id, ...change, order, version: 1, trouble: null, ...times });
    },
    /** Changes a sender that is still as it was read; what it was in trouble with may be mended. False where it is not. */
    async change(id: SenderId, version: number, change: SenderChange, now: Date): Promise<boolean> {
      const before = await senders.findOne({ _id: id, version }, { projection: { way: 1 } });
      const moves = before && receiverOf(before.way) !== receiverOf(change.way) ? 1 : 0;
      const done = await senders.updateOne(
        { _id: id, version },
        { $set: { ...change, trouble: null, updatedAt: now }, $inc: { version: 1, ...(moves ? { moves } : {}) } },
      );
      return done.matchedCount === 1;
    },
    async remove(id: SenderId): Promise<boolean> {
      const removed = (await senders.deleteOne({ _id: id })) === 1;
      if (removed) await uses.deleteOne({ _id: id });
      return removed;
    },
    /** Puts all senders in this order; false, and nothing is done, where these are not all of them. */
    async reorder(ids: readonly SenderId[], session: ClientSession): Promise<boolean> {
      const known = await inOrder(session);
      if (known.length !== ids.length || known.some(({ _id }) => !ids.includes(_id))) return false;
      await senders.bulkWrite(
        ids.map((id, order) => ({ updateOne: { where: { _id: id }, change: { $set: { order } } } })),
        { session },
      );
      return true;
    },
    /** Notes why a sender is left alone, if it is still the one that failed; the first instant of the same fault stays. */
    async noteTrouble(id: SenderId, version: number, { fault, detail, since, until }: SenderTrouble): Promise<void> {
      const same = { $eq: ['$trouble.fault', { $literal: fault }] };
      await senders.updateOne({ _id: id, version }, [
        {
          $set: {
            trouble: {
              fault: { $literal: fault },
              detail: { $literal: detail },
              since: { $cond: [same, '$trouble.since', since] },
              until,
            },
          },
        },
      ]);
    },
    async clearTrouble(id: SenderId): Promise<void> {
      await senders.updateOne({ _id: id, trouble: { $ne: null } }, { $set: { trouble: null } });
    },
  };
}

/** Who takes no message twice; nobody, behind SMTP. */
const receiverOf = (way: SenderDocument['way']): string | null => (way.type === 'webhook' ? way.url : null);

export type SendersRepository = ReturnType<typeof sendersRepository>;
