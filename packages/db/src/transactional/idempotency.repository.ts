import { type ClientSession, MongoServerError } from 'mongodb';
import type { Bound } from '../organization/bound.ts';
import type { IdempotencyDocument } from './idempotency.model.ts';

const duplicateKey = 11_000;

/** The idempotency keys of one organization's programs. */
export function idempotencyRepository(keys: Bound<IdempotencyDocument>) {
  return {
    get: (id: string) => keys.get(id),

    /**
     * Gives a key to a request: one that nobody has, or that `before` had whose time is over. False where somebody else was
     * first.
     */
    async begin(
      id: string,
      request: Pick<IdempotencyDocument, 'digest' | 'token' | 'until'>,
      before: Pick<IdempotencyDocument, 'token'> | null,
    ): Promise<boolean> {
      if (before) {
        const free = { _id: id, token: before.token };
        return (await keys.updateOne(free, { $set: { ...request, answer: null } })).matchedCount === 1;
      }
      try {
        await keys.insert({ _id: id, ...request, answer: null });
        return true;
      } catch (error) {
        if (error instanceof MongoServerError && error.code === duplicateKey) return false;
        throw error;
      }
    },

    /** Keeps a request's answer until then; false where the key was given to another one meanwhile. */
    async answer(id: string, token: string, answer: string, until: Date, session: ClientSession): Promise<boolean> {
      const done = await keys.updateOne({ _id: id, token, answer: null }, { $set: { answer, until } }, { session });
      return done.matchedCount === 1;
    },

    /** Gives a key back whose request was refused: nothing was done, so the same key may come with another body. */
    async giveBack(id: string, token: string): Promise<void> {
      await keys.deleteOne({ _id: id, token, answer: null });
    },
  };
}

export type IdempotencyRepository = ReturnType<typeof idempotencyRepository>;
