import type { CustomerId, MessageId } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { MessageDocument, RepeatBy } from './message.model.ts';

/** A message that nobody has touched. */
export type NewMessage = Omit<
  Unowned<MessageDocument>,
  'state' | 'attempt' | 'token' | 'beat' | 'marked' | 'again' | 'dueAt'
>;

/** When a held message that did not go out is due again, and as which attempt. */
export interface LaterMessage {
  readonly id: MessageId;
  readonly attempt: number;
  readonly dueAt: Date;
  readonly again: RepeatBy | null;
}

/** The transactional messages of one organization. Every change of one in hand names its holder's token. */
export function messagesRepository(messages: Bound<MessageDocument>) {
  const heldBy = (ids: readonly MessageId[], token: string) =>
    ({ _id: { $in: [...ids] }, token, state: 'claimed' }) as const;
  const released = { state: 'queued', token: null, marked: false } as const;

  return {
    get: (id: MessageId) => messages.get(id),

    /** Puts a message into the queue. */
    async enqueue(message: NewMessage, session?: ClientSession): Promise<void> {
      const fresh = { state: 'queued', attempt: 1, token: null, beat: 0, marked: false, again: null } as const;
      await messages.insert({ ...message, ...fresh, dueAt: message.createdAt }, session);
    },

    /** Notes that these may be handed over from now on, and by what; answers those that are still in this holder's hand. */
    async mark(ids: readonly MessageId[], token: string, again: RepeatBy): Promise<ReadonlySet<MessageId>> {
      const done = await messages.updateMany(
        heldBy(ids, token),
        { $set: { marked: true, again }, $inc: { beat: 1 } },
        { writeConcern: { w: 'majority' } },
      );
      return done.matchedCount === ids.length ? new Set(ids) : this.held(ids, token);
    },

    /** Of these, those in this holder's hand. */
    async held(ids: readonly MessageId[], token: string, session?: ClientSession): Promise<ReadonlySet<MessageId>> {
      const options = { projection: { _id: 1 }, ...(session ? { session } : {}) };
      const found = await messages.find(heldBy(ids, token), options).toArray();
      return new Set(found.map(({ _id }) => _id));
    },

    /** Says that their holder lives; false where it holds none of them. */
    async beat(token: string, ids: readonly MessageId[]): Promise<boolean> {
      return (await messages.updateMany(heldBy(ids, token), { $inc: { beat: 1 } })).matchedCount > 0;
    },

    /** Takes these out of the queue: their rows are written in the same transaction. */
    async finish(ids: readonly MessageId[], token: string, session: ClientSession): Promise<void> {
      await messages.updateMany(
        heldBy(ids, token),
        { $set: { state: 'done', token: null }, $unset: { dueAt: '' }, $inc: { beat: 1 } },
        { session },
      );
    },

    /** Puts messages that surely did not go out back into the queue. */
    async release(later: readonly LaterMessage[], token: string, session?: ClientSession): Promise<void> {
      const writes = later.map(({ id, attempt, dueAt, again }) => ({
        updateOne: { where: heldBy([id], token), change: { $set: { ...released, attempt, dueAt, again } } },
      }));
      await messages.bulkWrite(writes, session ? { session } : {});
    },

    /** Takes a message from a holder that gave no sign of life since `beat`; null where it did. */
    takeOver(
      hold: { readonly id: MessageId; readonly token: string; readonly beat: number },
      token: string,
    ): Promise<MessageDocument | null> {
      return messages.findOneAndUpdate(
        { _id: hold.id, token: hold.token, beat: hold.beat, state: 'claimed' },
        { $set: { token }, $inc: { beat: 1 } },
        { returnDocument: 'after' },
      );
    },

    /** Takes what names a customer off their messages. What is still queued finds nobody and is skipped. */
    async forget(customerId: CustomerId, session?: ClientSession): Promise<void> {
      const nameless = { address: '', name: '', data: '{}', replyTo: null };
      await messages.updateMany({ customerId }, { $set: nameless }, session ? { session } : {});
    },
  };
}

export type MessagesRepository = ReturnType<typeof messagesRepository>;
