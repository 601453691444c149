import type { Run, RunId, RunState } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { Bound } from '../organization/bound.ts';
import { toRun } from './campaign.mapping.ts';
import type { RunDocument } from './run.model.ts';

// What a report kept of it; only that something is kept is asked here.
const lengthy = { 'summary.figures': 0, 'summary.links': 0, 'summary.responses': 0, 'summary.revenue': 0 };

/** The runs of one organization. */
export function runsRepository(runs: Bound<RunDocument>) {
  return {
    async get(id: RunId, session?: ClientSession): Promise<Run | null> {
      const found = await runs.get(id, { projection: lengthy, ...(session ? { session } : {}) });
      return found && toRun(found);
    },

    async insert(run: Run, options: { demo?: boolean; session?: ClientSession } = {}): Promise<void> {
      const { id, ...rest } = run;
      await runs.insert({ _id: id, ...rest, ...(options.demo ? { demo: true } : {}) }, options.session);
    },

    /** Moves a run to a state; false where it is not in one of `from` (any more). */
    async move(
      id: RunId,
      from: readonly RunState[],
      to: RunState,
      finishedAt: Date | null,
      session?: ClientSession,
    ): Promise<boolean> {
      const done = await runs.updateOne(
        { _id: id, state: { $in: [...from] } },
        { $set: { state: to, finishedAt } },
        session ? { session } : {},
      );
      return done.matchedCount === 1;
    },

    /** Marks the audience as complete: `planned` people are in its pages. A paused run stays paused. False where that was known already. */
    async built(id: RunId, planned: number, now: Date, session?: ClientSession): Promise<boolean> {
      const done = await runs.updateOne(
        { _id: id, builtAt: null },
        [
          {
            $set: {
              planned: { $literal: planned },
              builtAt: now,
              state: { $cond: [{ $eq: ['$state', 'building'] }, 'sending', '$state'] },
            },
          },
        ],
        session ? { session } : {},
      );
      return done.modifiedCount === 1;
    },
  };
}

export type RunsRepository = ReturnType<typeof runsRepository>;
