import type { ApiKeyId } from '@mini-crm/domain';
import type { Collection } from 'mongodb';
import { newId } from '../ids/new-id.ts';
import type { Bound } from '../organization/bound.ts';
import type { ApiKeyDocument } from './api-key.model.ts';

/** The API keys of one organization. */
export function apiKeysRepository(keys: Bound<ApiKeyDocument>) {
  return {
    list: () =>
      keys
        .find({}, { projection: { hash: 0 } })
        .sort({ createdAt: -1, _id: -1 })
        .toArray(),
    count: () => keys.count({}),
    async insert(key: Omit<ApiKeyDocument, '_id' | 'orgId' | 'lastUsedAt'>): Promise<ApiKeyId> {
      const _id = newId('apiKey');
      await keys.insert({ _id, ...key, lastUsedAt: null });
      return _id;
    },
    /** Ends a key: the next request with it is refused. False where there is none. */
    async remove(id: ApiKeyId): Promise<boolean> {
      return (await keys.deleteOne({ _id: id })) === 1;
    },
  };
}

export type ApiKeysRepository = ReturnType<typeof apiKeysRepository>;

const usedAgainMs = 60_000;

/** Finds whose a key is; stands above organizations, because a key is what names one. */
export function apiKeyLookup(keys: Collection<ApiKeyDocument>) {
  return {
    byHash: (hash: string) => keys.findOne({ hash }, { projection: { hash: 0 } }),
    /** Notes that a key is used, where that was not noted within the last minute. */
    async noteUse({ _id, lastUsedAt }: Pick<ApiKeyDocument, '_id' | 'lastUsedAt'>, now: Date): Promise<void> {
      const before = new Date(now.getTime() - usedAgainMs);
      if (lastUsedAt && lastUsedAt > before) return;
      const stale = { $or: [{ lastUsedAt: null }, { lastUsedAt: { $lte: before } }] };
      await keys.updateOne({ _id, ...stale }, { $set: { lastUsedAt: now } });
    },
  };
}
