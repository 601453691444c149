import type { ImportId, OrganizationId } from '@mini-crm/domain';
import type { Collection, Db } from 'mongodb';
import { isDuplicateKey } from '../errors/duplicate-key.ts';
import type { ImportDocument, UploadDocument } from './import.model.ts';
import { removeBytes, uploadsBucket } from './uploads.repository.ts';

/** An import that a worker holds by a token. */
export interface HeldImport {
  readonly orgId: OrganizationId;
  readonly importId: ImportId;
  readonly token: string;
}

/** What workers ask across organizations: only names what is due; everything after is bound to the organization it names. */
export function importQueue(imports: Collection<ImportDocument>, uploads: Collection<UploadDocument>, db: () => Db) {
  return {
    /**
     * Takes the first waiting import of an organization that has none running: of the one whose last start is longest
     * ago, so that nobody's long queue makes the others wait. Null where there is none.
     */
    async claim(token: string, now: Date): Promise<HeldImport | null> {
      const running = await imports.distinct('orgId', { state: 'running' });
      for (const { orgId, importId } of await firstInLine(imports, running)) {
        const change = { state: 'running', phase: 'checking', active: true, token, startedAt: now } as const;
        try {
          const taken = await imports.updateOne(
            { _id: importId, state: 'queued' },
            { $set: change, $inc: { attempts: 1, beat: 1 } },
          );
          if (taken.matchedCount === 1) return { orgId, importId, token };
        } catch (error) {
          // The index on `active` says that the organization has one running by now.
          if (!isDuplicateKey(error)) throw error;
        }
      }
      return null;
    },
    /** What runs, with the signs of life that a watcher compares. */
    async running(): Promise<Pick<ImportDocument, '_id' | 'orgId' | 'token' | 'beat'>[]> {
      return imports.find({ state: 'running' }, { projection: { orgId: 1, token: 1, beat: 1 } }).toArray();
    },
    /** Takes over one whose holder is silent: only if token and beat still are what was seen. */
    async takeOver(
      seen: Pick<ImportDocument, '_id' | 'orgId' | 'token' | 'beat'>,
      token: string,
    ): Promise<HeldImport | null> {
      const { _id, orgId } = seen;
      const taken = await imports.updateOne(
        { _id, state: 'running', token: seen.token, beat: seen.beat },
        { $set: { token }, $inc: { attempts: 1, beat: 1 } },
      );
      return taken.matchedCount === 1 ? { orgId, importId: _id, token } : null;
    },
    /** Deletes files that nobody came back for, of everybody or of one: broken off for `brokenMs`, or not used for `idleMs`. */
    async sweepUploads(now: Date, brokenMs: number, idleMs: number, orgId?: OrganizationId): Promise<number> {
      const before = (ms: number) => ({ $lt: new Date(now.getTime() - ms) });
      const stale = uploads.find({
        ...(orgId ? { orgId } : {}),
        $or: [
          { state: 'receiving', touchedAt: before(brokenMs) },
          { state: 'ready', touchedAt: before(idleMs) },
        ],
      });
      let swept = 0;
      for await (const { _id, orgId: owner } of stale) {
        const used = await imports.countDocuments(
          { orgId: owner, uploadId: _id, state: { $in: ['queued', 'running'] } },
          { limit: 1 },
        );
        if (used > 0) continue;
        await removeBytes(uploadsBucket(db()), _id);
        await uploads.deleteOne({ _id, orgId: owner });
        swept++;
      }
      return swept;
    },
  };
}

/** The oldest waiting import of each organization but the busy ones, in the order of their turns. */
function firstInLine(
  imports: Collection<ImportDocument>,
  busy: readonly OrganizationId[],
): Promise<{ orgId: OrganizationId; importId: ImportId }[]> {
  const lastStart = [{ $sort: { startedAt: -1 } }, { $limit: 1 }, { $project: { _id: 0, startedAt: 1 } }];
  return imports
    .aggregate<{ orgId: OrganizationId; importId: ImportId }>([
      { $match: { state: 'queued', orgId: { $nin: busy } } },
      { $sort: { createdAt: 1 } },
      { $group: { _id: '$orgId', importId: { $first: '$_id' }, since: { $first: '$createdAt' } } },
      { $lookup: { from: 'imports', localField: '_id', foreignField: 'orgId', pipeline: lastStart, as: 'last' } },
      { $sort: { 'last.startedAt': 1, since: 1 } },
      { $project: { _id: 0, orgId: '$_id', importId: 1 } },
    ])
    .toArray();
}

export type ImportQueue = ReturnType<typeof importQueue>;
