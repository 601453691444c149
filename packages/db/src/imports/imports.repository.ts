import { type ImportCounts, type ImportId, noCounts } from '@mini-crm/domain';
import type { Binary } from 'mongodb';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { ImportBatchDocument, ImportDocument, ImportFailure, RefusedRow } from './import.model.ts';

export type NewImport = Pick<
  Unowned<ImportDocument>,
  | '_id'
  | 'kind'
  | 'uploadId'
  | 'fileName'
  | 'fileSize'
  | 'delimiter'
  | 'header'
  | 'columns'
  | 'options'
  | 'dryRun'
  | 'createdBy'
  | 'createdAt'
>;

export interface ImportPosition {
  readonly at: Date;
  readonly id: string;
}

/** The imports of one organization: asking for them, following them, and what their holder writes down. */
export function importsRepository(imports: Bound<ImportDocument>, batches: Bound<ImportBatchDocument>) {
  return {
    async insert(added: NewImport): Promise<void> {
      await imports.insert({
        ...added,
        state: 'queued',
        phase: null,
        token: null,
        beat: 0,
        attempts: 0,
        sessions: [],
        cancelAsked: false,
        counts: noCounts,
        rowsTotal: null,
        progress: 0,
        failure: null,
        startedAt: null,
        finishedAt: null,
      });
    },
    get: (id: ImportId): Promise<ImportDocument | null> => imports.get(id),
    /** The history, newest first; dry runs are no part of it. */
    async list(page: { after: ImportPosition | null; limit: number }): Promise<ImportDocument[]> {
      const { after, limit } = page;
      const older = after
        ? { $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }] }
        : {};
      return imports
        .find({ $and: [{ dryRun: false }, older as object] }, { projection: { columns: 0 } })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
    },
    /** Imports that wait or run, oldest first; for the top bar. */
    async open(): Promise<ImportDocument[]> {
      return imports
        .find({ state: { $in: ['queued', 'running'] }, dryRun: false }, { projection: { columns: 0 } })
        .sort({ createdAt: 1 })
        .limit(20)
        .toArray();
    },
    /** Stops one that waits, or asks the holder of a running one to stop; false where it is over. */
    async cancel(id: ImportId, now: Date): Promise<boolean> {
      const waiting = await imports.updateOne(
        { _id: id, state: 'queued' },
        { $set: { state: 'cancelled', cancelAsked: true, finishedAt: now } },
      );
      if (waiting.matchedCount === 1) return true;
      return (
        (await imports.updateOne({ _id: id, state: 'running' }, { $set: { cancelAsked: true } })).matchedCount === 1
      );
    },
    /** Whether another import still needs the same file. */
    async usesUpload(uploadId: string): Promise<boolean> {
      return (
        (await imports.count({ uploadId: uploadId as never, state: { $in: ['queued', 'running'] } }, { limit: 1 })) > 0
      );
    },

    /**
     * The holder's sign of life, with how far it is. Null where it holds it no longer; else whether somebody wants it stopped.
     * Who got further also forgets the attempts before it.
     */
    async beat(
      id: ImportId,
      token: string,
      state: Pick<ImportDocument, 'phase' | 'progress' | 'counts' | 'rowsTotal'> & { attempts?: number },
    ): Promise<{ cancelAsked: boolean } | null> {
      const found = await imports.findOneAndUpdate(
        { _id: id, token, state: 'running' },
        { $set: state, $inc: { beat: 1 } },
        { projection: { cancelAsked: 1 }, returnDocument: 'after' },
      );
      return found && { cancelAsked: found.cancelAsked };
    },
    /** Notes the sessions of a holder's transactions, so that the next holder can end them; false where it holds it no longer. */
    async keepSessions(id: ImportId, token: string, sessions: readonly Binary[]): Promise<boolean> {
      const kept = await imports.updateOne({ _id: id, token }, { $set: { sessions: [...sessions] } });
      return kept.matchedCount === 1;
    },
    /** Ends it; false where the caller does not hold it any more. */
    async finish(
      id: ImportId,
      token: string,
      end: { state: 'done' | 'failed' | 'cancelled'; counts: ImportCounts; failure: ImportFailure | null; at: Date },
    ): Promise<boolean> {
      const { state, counts, failure, at } = end;
      const progress = state === 'done' ? { progress: 1 } : {};
      const done = await imports.updateOne(
        { _id: id, token },
        {
          $set: { state, counts, failure, finishedAt: at, token: null, phase: null, ...progress },
          $unset: { active: '' },
        },
      );
      return done.matchedCount === 1;
    },
    /** Gives it back unfinished, so that any worker goes on at once. */
    async release(id: ImportId, token: string): Promise<void> {
      await imports.updateOne({ _id: id, token, state: 'running' }, { $set: { token: null }, $inc: { beat: 1 } });
    },

    /** Refused rows in the order of the file, a batch at a time in memory. */
    async *refused(id: ImportId): AsyncGenerator<RefusedRow> {
      const cursor = batches
        .find({ importId: id, 'counts.refused': { $gt: 0 } }, { projection: { refused: 1 }, batchSize: 5 })
        .sort({ number: 1 });
      for await (const { refused } of cursor) yield* refused;
    },
    /** The first refused rows, to be shown. */
    async firstRefused(id: ImportId, limit: number): Promise<RefusedRow[]> {
      const rows: RefusedRow[] = [];
      const cursor = batches
        .find(
          { importId: id, 'counts.refused': { $gt: 0 } },
          { projection: { refused: { $slice: limit } }, batchSize: 5 },
        )
        .sort({ number: 1 })
        .limit(5);
      for await (const { refused } of cursor) rows.push(...refused);
      return rows.slice(0, limit);
    },
  };
}

export type ImportsRepository = ReturnType<typeof importsRepository>;
