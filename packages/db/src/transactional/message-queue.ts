import type { MessageId, OrganizationId } from '@mini-crm/domain';
import type { Collection } from 'mongodb';
import type { MessageDocument } from './message.model.ts';

/** Who has a message in hand and since which sign of life, as the reaper watches it. */
export interface MessageHold {
  readonly id: MessageId;
  readonly orgId: OrganizationId;
  readonly token: string;
  readonly beat: number;
}

const mostHeld = 2_000;

/** What workers ask of the queue of transactional messages across organizations. */
export function messageQueue(messages: Collection<MessageDocument>) {
  return {
    /** Takes up to `limit` messages that are due, those that waited longest first. Another worker may take some of them at the same time. */
    async claim(token: string, now: Date, limit: number): Promise<MessageDocument[]> {
      const due = await messages
        .find({ state: 'queued', dueAt: { $lte: now } }, { projection: { _id: 1 } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray();
      if (due.length === 0) return [];
      const ids = due.map(({ _id }) => _id);
      const taken = await messages.updateMany(
        { _id: { $in: ids }, state: 'queued', dueAt: { $lte: now } },
        { $set: { state: 'claimed', token, marked: false }, $inc: { beat: 1 } },
      );
      if (taken.modifiedCount === 0) return [];
      return messages
        .find({ _id: { $in: ids }, token, state: 'claimed' })
        .sort({ dueAt: 1, _id: 1 })
        .toArray();
    },

    /** The messages that somebody has in hand. */
    async held(): Promise<MessageHold[]> {
      const found = await messages
        .find({ state: 'claimed', dueAt: { $exists: true } }, { projection: { orgId: 1, token: 1, beat: 1 } })
        .limit(mostHeld)
        .toArray();
      return found.map(({ _id, orgId, token, beat }) => ({ id: _id, orgId, token: token ?? '', beat }));
    },
  };
}

export type MessageQueue = ReturnType<typeof messageQueue>;
