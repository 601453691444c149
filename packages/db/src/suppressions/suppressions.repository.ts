import { fold, renewableReasons, type SuppressionReason } from '@mini-crm/domain';
import { newId } from '../ids/new-id.ts';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { SuppressionDocument } from './suppression.model.ts';

export type NewSuppression = Omit<Unowned<SuppressionDocument>, '_id'>;

/** The addresses that one organization must not write to. */
export function suppressionsRepository(suppressions: Bound<SuppressionDocument>) {
  return {
    /** The newest first; `search` is the beginning of an address, `before` the last one of the page before. */
    async list(query: { search?: string; before?: { at: Date; id: string }; limit: number }) {
      const { search, before, limit } = query;
      const from = search ? { address: { $gte: fold(search), $lt: `${fold(search)}\uffff` } } : {};
      const older = before ? { $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before.id } }] } : {};
      return suppressions
        .find({ ...from, ...older })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .toArray();
    },
    count: () => suppressions.count({}),
    /**
     * Adds an entry; false where the address has one of this channel and scope, which then stays as it is, but for two
     * things: the person's own word replaces a colleague's, as it takes more to lift it; and a later word is noted by its
     * time, so that a renewal from before it lifts nothing.
     */
    async add(entry: NewSuppression): Promise<boolean> {
      const { channel, address, scope, ...rest } = entry;
      const key = { channel, address: fold(address), scope };
      const added = { $setOnInsert: { _id: newId('suppression'), ...rest } };
      const { upsertedCount } = await suppressions.updateOne(key, added, { upsert: true });
      if (upsertedCount === 0 && rest.reason === 'unsubscribed') {
        await suppressions.updateOne({ ...key, reason: 'manual' }, { $set: rest });
      }
      if (upsertedCount === 0) {
        const earlier = { ...key, reason: { $in: [...renewableReasons] }, at: { $lt: rest.at } };
        await suppressions.updateOne(earlier, { $set: { at: rest.at } });
      }
      return upsertedCount === 1;
    },
    async remove(id: string): Promise<boolean> {
      return (await suppressions.deleteOne({ _id: id })) === 1;
    },
    /** The entries of one address. */
    ofAddress: (channel: string, address: string) => suppressions.find({ channel, address: fold(address) }).toArray(),
    /** All entries of these folded addresses. */
    async entries(channel: string, addresses: readonly string[]): Promise<SuppressionDocument[]> {
      if (addresses.length === 0) return [];
      return suppressions.find({ channel, address: { $in: [...addresses] } }).toArray();
    },
    /**
     * Takes back what stops marketing to an address for one of these reasons, and only what is older than `before` where
     * that is given; what stops every message stays.
     */
    async lift(
      channel: string,
      address: string,
      reasons: readonly SuppressionReason[],
      before?: Date,
    ): Promise<boolean> {
      const where = { channel, address: fold(address), scope: 'marketing', reason: { $in: [...reasons] } } as const;
      return (await suppressions.deleteOne(before ? { ...where, at: { $lt: before } } : where)) === 1;
    },
    /** Of these folded addresses, those that are suppressed, with the widest scope of each. */
    async of(channel: string, addresses: readonly string[]): Promise<Map<string, SuppressionDocument['scope']>> {
      const found = new Map<string, SuppressionDocument['scope']>();
      if (addresses.length === 0) return found;
      const entries = suppressions.find(
        { channel, address: { $in: [...addresses] } },
        { projection: { address: 1, scope: 1 } },
      );
      for await (const { address, scope } of entries) {
        if (scope === 'all' || !found.has(address)) found.set(address, scope);
      }
      return found;
    },
  };
}

export type SuppressionsRepository = ReturnType<typeof suppressionsRepository>;
