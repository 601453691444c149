import type { Id } from '@mini-crm/domain';
import { type Binary, type Db, GridFSBucket, MongoRuntimeError, type ObjectId } from 'mongodb';
import { newId } from '../ids/new-id.ts';
import type { Bound } from '../organization/bound.ts';
import type { UploadDocument } from './import.model.ts';

export type UploadId = Id<'upload'>;

/** Where the bytes of uploads lie. MongoDB is the only place that API and worker both see. */
export const uploadsBucket = (db: Db): GridFSBucket => new GridFSBucket(db, { bucketName, chunkSizeBytes: 256 * 1024 });

const bucketName = 'uploads';
const chunksAtOnce = 4;

// GridFS takes any id; its types know only ObjectId.
const fileId = (id: string) => id as unknown as ObjectId;
const touchEveryMs = 60_000;

/** The files that one organization sent. */
export function uploadsRepository(uploads: Bound<UploadDocument>, db: () => Db) {
  const bucket = () => uploadsBucket(db());
  async function pendingBytes(): Promise<number> {
    const [sum] = await uploads
      .aggregate<{ bytes: number }>([{ $group: { _id: null, bytes: { $sum: '$size' } } }])
      .toArray();
    return sum?.bytes ?? 0;
  }
  async function remove(id: UploadId): Promise<void> {
    if (!(await uploads.get(id))) return;
    await removeBytes(bucket(), id);
    await uploads.deleteOne({ _id: id });
  }

  return {
    async get(id: UploadId): Promise<UploadDocument | null> {
      return uploads.findOne({ _id: id, state: 'ready' });
    },
    /**
     * Stores a file piece by piece. Where the pieces throw, nothing of it is left. Null where `most` bytes, which it may
     * have at the most, are too many beside the organization's other files; those that come in at once count as well.
     */
    async receive(
      name: string,
      pieces: AsyncIterable<Uint8Array>,
      room: { readonly most: number; readonly quota: number },
    ): Promise<UploadDocument | null> {
      const id = newId('upload');
      const document = { _id: id, name, size: room.most, state: 'receiving' as const, touchedAt: new Date() };
      await uploads.insert(document);
      if ((await pendingBytes()) > room.quota) {
        await uploads.deleteOne({ _id: id });
        return null;
      }
      const file = bucket().openUploadStreamWithId(fileId(id), name, { metadata: { orgId: uploads.orgId } });
      // A write that fails says so twice, by its callback and as an event that nobody may leave unheard.
      file.on('error', () => undefined);
      let size = 0;
      let touched = Date.now();
      try {
        for await (const piece of pieces) {
          size += piece.length;
          await new Promise<void>((resolve, reject) =>
            file.write(piece, (error) => (error ? reject(error) : resolve())),
          );
          if (Date.now() - touched > touchEveryMs) {
            touched = Date.now();
            await uploads.updateOne({ _id: id }, { $set: { touchedAt: new Date() } });
          }
        }
        await new Promise<void>((resolve, reject) => {
          file.once('error', reject);
          file.end(() => resolve());
        });
      } catch (error) {
        await file.abort().catch(() => undefined);
        await remove(id);
        throw error;
      }
      await uploads.updateOne({ _id: id }, { $set: { state: 'ready', size, touchedAt: new Date() } });
      return { ...document, orgId: uploads.orgId, size, state: 'ready' };
    },
    /**
     * The bytes of a file of this organization, from its beginning; stops once it has given `enough`. Chunks are fetched a few
     * at a time: the driver's own stream asks for 16 MB at once, which is what an import would keep in memory.
     */
    async *read(upload: UploadDocument, enough = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
      const chunks = db()
        .collection<{ files_id: string; n: number; data: Binary }>(`${bucketName}.chunks`)
        .find({ files_id: upload._id }, { projection: { data: 1, n: 1 }, batchSize: chunksAtOnce })
        .sort({ n: 1 });
      let given = 0;
      let next = 0;
      try {
        for await (const { n, data } of chunks) {
          if (n !== next++) throw new Error(`Upload ${upload._id} has lost chunk ${next - 1}.`);
          yield data.buffer.subarray(0, data.length());
          given += data.length();
          if (given >= enough) return;
        }
      } finally {
        await chunks.close();
      }
      if (given < upload.size) throw new Error(`Upload ${upload._id} ends at ${given} of ${upload.size} bytes.`);
    },
    async touch(id: UploadId): Promise<void> {
      await uploads.updateOne({ _id: id }, { $set: { touchedAt: new Date() } });
    },
    remove,
  };
}

export type UploadsRepository = ReturnType<typeof uploadsRepository>;

/** Deletes the bytes of an upload, whether it was finished or not. */
export async function removeBytes(bucket: GridFSBucket, id: UploadId): Promise<void> {
  try {
    await bucket.delete(fileId(id));
  } catch (error) {
    // One that was broken off has chunks and no file yet; the driver deletes those, then complains.
    if (!(error instanceof MongoRuntimeError)) throw error;
  }
}
