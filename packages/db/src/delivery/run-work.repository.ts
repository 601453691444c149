import type { ChannelFault, PageCounts, RunId, RunState } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { RunDocument, RunTrouble } from '../campaigns/run.model.ts';
import type { Bound } from '../organization/bound.ts';

/** What the worker notes of a run while it works on it; the run's states are the campaigns' own. */
export function runWorkRepository(runs: Bound<RunDocument>) {
  return {
    /** The state of a run now; what a pause or a cancel changes. */
    async state(id: RunId): Promise<RunState | null> {
      return (await runs.get(id, { projection: { state: 1 } }))?.state ?? null;
    },

    /**
     * Makes this worker the run's builder where there is none, or where the last sign of life is still the one that was
     * `seen` standing. Returns who the builder is. Two builders at once would do no harm, only work for nothing.
     */
    async claimBuilder(id: RunId, token: string, seen: { token: string; beat: number } | null) {
      const free = { $or: [{ builder: null }, { 'builder.token': token }, ...(seen ? [{ builder: seen }] : [])] };
      const claimed = await runs.findOneAndUpdate(
        { _id: id, builtAt: null, ...free },
        [{ $set: { builder: { token, beat: { $add: [{ $ifNull: ['$builder.beat', 0] }, 1] } } } }],
        { returnDocument: 'after', projection: { builder: 1 } },
      );
      return (claimed ?? (await runs.get(id, { projection: { builder: 1 } })))?.builder ?? null;
    },

    /** Says that the builder lives. False where another one took its place or the audience is complete. */
    async holdBuilder(id: RunId, token: string, session?: ClientSession): Promise<boolean> {
      const done = await runs.updateOne(
        { _id: id, builtAt: null, 'builder.token': token },
        { $inc: { 'builder.beat': 1 } },
        session ? { session } : {},
      );
      return done.matchedCount === 1;
    },

    /** Gives the builder's place up, so that the next one need not wait. */
    async leaveBuilder(id: RunId, token: string): Promise<void> {
      await runs.updateOne({ _id: id, 'builder.token': token }, { $set: { builder: null } });
    },

    /** Notes why messages wait; the first instant of the same fault stays. */
    async noteTrouble(id: RunId, fault: ChannelFault, detail: string | null, now: Date): Promise<void> {
      const same = { $eq: ['$trouble.fault', { $literal: fault }] };
      await runs.updateOne({ _id: id }, [
        {
          $set: {
            trouble: {
              fault: { $literal: fault },
              detail: { $literal: detail },
              since: { $cond: [same, '$trouble.since', now] },
            },
          },
        },
      ]);
    },
    async clearTrouble(id: RunId): Promise<void> {
      await runs.updateOne({ _id: id, trouble: { $ne: null } }, { $set: { trouble: null } });
    },
    async trouble(id: RunId): Promise<RunTrouble | null> {
      return (await runs.get(id, { projection: { trouble: 1 } }))?.trouble ?? null;
    },

    /** Whether everybody has an outcome and the worker is through. */
    async isSettled(id: RunId): Promise<boolean> {
      return ((await runs.get(id, { projection: { settledAt: 1 } }))?.settledAt ?? null) !== null;
    },

    /** Everybody has an outcome and the worker is through: the run leaves its list, and nobody need add up its pages again. */
    async settled(id: RunId, now: Date, totals: PageCounts): Promise<void> {
      await runs.updateOne({ _id: id }, { $set: { settledAt: now, trouble: null, totals } });
    },
    /** A page of the run was corrected: what it came to is counted again where it is asked. */
    async recount(id: RunId, session: ClientSession): Promise<void> {
      await runs.updateOne({ _id: id }, { $unset: { totals: '' } }, { session });
    },
  };
}

export type RunWorkRepository = ReturnType<typeof runWorkRepository>;
