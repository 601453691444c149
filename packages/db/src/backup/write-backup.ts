import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { storedSchemaVersion } from '../migrations/migrate.ts';
import { schemaVersionOf } from '../migrations/migrations.ts';
import { type BackupHeader, encodeFrame, rawFrame } from './backup-format.ts';

/** How many documents each collection had. */
export type BackupCounts = ReadonlyMap<string, number>;

const chunkBytes = 256 * 1024;
const historySeconds = 6 * 60 * 60;

/**
 * Writes a whole database, imported files included, as it was at one instant, while the app goes on working. The file
 * appears under its name only when it is complete.
 */
export async function writeBackup(client: MongoClient, db: Db, file: string): Promise<BackupCounts> {
  const partial = `${file}.partial`;
  const counts = new Map<string, number>();
  const giveHistoryBack = await keepHistory(client);
  const session = client.startSession({ snapshot: true });
  try {
    const chunks = Readable.from(chunked(frames(db, session, counts)));
    await pipeline(chunks, createGzip({ level: 6 }), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, file);
    return counts;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await session.endSession();
    await giveHistoryBack();
  }
}

async function* frames(db: Db, session: ClientSession, counts: Map<string, number>): AsyncGenerator<Buffer> {
  const header: BackupHeader = {
    format: 'mini-crm-backup',
    formatVersion: 1,
    schemaVersion: (await storedSchemaVersion(db)) ?? schemaVersionOf(),
    at: new Date(),
  };
  yield encodeFrame('H', header);
  const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  const names = collections.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
  let documents = 0;
  for (const name of names.sort()) {
    yield encodeFrame('C', { name });
    let count = 0;
    const cursor = db.collection(name).find({}, { raw: true, session, batchSize: 1_000 });
    for await (const raw of cursor as unknown as AsyncIterable<Uint8Array>) {
      yield rawFrame('D', raw);
      count++;
    }
    counts.set(name, count);
    documents += count;
  }
  yield encodeFrame('E', { collections: names.length, documents });
}

/** Fewer, larger pieces: a stream costs more for each than for its bytes. */
async function* chunked(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < chunkBytes) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  yield Buffer.concat(waiting);
}

/** A snapshot is readable for five minutes only, unless the server is told to keep more; not every user may tell it. */
async function keepHistory(client: MongoClient): Promise<() => Promise<void>> {
  const name = 'minSnapshotHistoryWindowInSeconds';
  const admin = client.db('admin');
  try {
    const before = (await admin.command({ getParameter: 1, [name]: 1 }))[name] as number;
    await admin.command({ setParameter: 1, [name]: historySeconds });
    return async () => {
      await admin.command({ setParameter: 1, [name]: before }).catch(() => undefined);
    };
  } catch {
    return async () => undefined;
  }
}
