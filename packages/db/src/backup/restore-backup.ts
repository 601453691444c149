import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Collection, Db, Document } from 'mongodb';
import { schemaVersionOf } from '../migrations/migrations.ts';
import { schemaCollection } from '../migrations/schema-lock.ts';
import { BackupError, type BackupHeader, decode, type Frame, framesOf } from './backup-format.ts';
import type { BackupCounts } from './write-backup.ts';

const batchBytes = 4 * 1024 * 1024;
const batchDocuments = 2_000;

export interface RestoreOptions {
  /** Replaces what the database holds, instead of refusing. */
  readonly force?: boolean;
}

/**
 * Fills a database from a backup. The whole file is read and checked before the first write; indexes are made by the
 * next `prepare()`.
 * @throws {BackupError} when the file is no complete backup, comes from a newer release, or the database is not empty.
 */
export async function restoreBackup(db: Db, file: string, options: RestoreOptions = {}): Promise<BackupCounts> {
  await check(file);
  if (!options.force && !(await isEmpty(db))) {
    throw new BackupError(`The database "${db.databaseName}" is not empty; --force replaces it.`);
  }
  await db.dropDatabase();
  const counts = new Map<string, number>();
  let target: Inserter | undefined;
  for await (const frame of read(file)) {
    if (frame.kind === 'C') {
      await target?.flush();
      const name = nameIn(frame);
      target = new Inserter(db.collection(name));
      counts.set(name, 0);
    } else if (frame.kind === 'D' && target) {
      await target.add(frame.raw);
      counts.set(target.name, (counts.get(target.name) ?? 0) + 1);
    }
  }
  await target?.flush();
  await schemaCollection(db).updateOne({ _id: 'schema' }, { $unset: { lock: '' } });
  return counts;
}

/** Collects documents into inserts of a good size. */
class Inserter {
  readonly name: string;
  readonly #collection: Collection;
  #waiting: Document[] = [];
  #bytes = 0;

  constructor(collection: Collection) {
    this.name = collection.collectionName;
    this.#collection = collection;
  }

  async add(raw: Buffer): Promise<void> {
    this.#waiting.push(decode(raw));
    this.#bytes += raw.length;
    if (this.#waiting.length >= batchDocuments || this.#bytes >= batchBytes) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#waiting.length > 0) await this.#collection.insertMany(this.#waiting, { ordered: false });
    this.#waiting = [];
    this.#bytes = 0;
  }
}

/** Reads the file to its end: nothing is written from one that turns out to be damaged half way. */
async function check(file: string): Promise<void> {
  let documents = 0;
  let ended = false;
  let first = true;
  for await (const frame of read(file)) {
    if (first) checkHeader(frame);
    first = false;
    if (frame.kind === 'D') documents++;
    if (frame.kind === 'E') ended = Number(decode(frame.raw).documents) === documents;
  }
  if (!ended) throw new BackupError('The file is cut off.');
}

function checkHeader(frame: Frame): void {
  const header = frame.kind === 'H' ? (decode(frame.raw) as unknown as BackupHeader) : undefined;
  if (header?.format !== 'mini-crm-backup') throw new BackupError('The file is not a backup of Mini CRM.');
  if (Number(header.formatVersion) > 1 || Number(header.schemaVersion) > schemaVersionOf()) {
    throw new BackupError('The backup was made by a newer Mini CRM; update this one first.');
  }
}

async function* read(file: string): AsyncGenerator<Frame> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on('error', (error) => unzipped.destroy(error));
  try {
    yield* framesOf(source.pipe(unzipped));
  } catch (error) {
    throw error instanceof BackupError ? error : new BackupError(reason(error));
  } finally {
    source.destroy();
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'There is no such file.';
  if (code === 'Z_BUF_ERROR') return 'The file is cut off.';
  if (code?.startsWith('Z_')) return 'The file is not a backup of Mini CRM, or is damaged.';
  return error instanceof Error ? error.message : String(error);
}

function nameIn(frame: Frame): string {
  const { name } = decode(frame.raw);
  if (typeof name !== 'string') throw new BackupError('The file is damaged.');
  return name;
}

/** A start prepares the database before anybody signs up; what it writes then does not count. */
async function isEmpty(db: Db): Promise<boolean> {
  const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  for (const { name } of collections) {
    const ours = name === 'schema' || name === 'settings' || name.startsWith('system.');
    if (!ours && (await db.collection(name).findOne({}, { projection: { _id: 1 } }))) return false;
  }
  return true;
}
