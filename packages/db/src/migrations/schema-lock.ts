import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Collection, type Db, MongoServerError } from 'mongodb';

/** One document: which layout the data has, and who is changing it. */
export interface SchemaDocument {
  readonly _id: 'schema';
  /** Missing until the first start has finished. */
  readonly version?: number;
  readonly firstSeen?: Date;
  readonly lock?: { readonly holder: string; readonly until: Date };
}

/** A holder that was killed is waited for no longer than this. */
const leaseMs = 15_000;
const patienceMs = 30 * 60_000;
const duplicateKey = 11_000;

export function schemaCollection(db: Db): Collection<SchemaDocument> {
  return db.collection<SchemaDocument>('schema');
}

/** Runs `work` while no other process does the same on this database; all times are the server's. */
export async function underSchemaLock<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const schema = schemaCollection(db);
  const holder = randomUUID();
  const deadline = Date.now() + patienceMs;
  await ensureDocument(schema);
  while (!(await claim(schema, holder))) {
    if (Date.now() > deadline) throw new Error('Another process has been preparing the database for half an hour.');
    await wait(100);
  }
  const renewal = setInterval(() => void claim(schema, holder).catch(() => undefined), leaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await schema.updateOne({ _id: 'schema', 'lock.holder': holder }, { $unset: { lock: '' } });
  }
}

/** Takes or prolongs the lock; false while another holder's lease runs. A missing lock sorts before any instant. */
async function claim(schema: Collection<SchemaDocument>, holder: string): Promise<boolean> {
  const free = { $or: [{ $lt: ['$lock.until', '$$NOW'] }, { $eq: ['$lock.holder', holder] }] };
  const until = { $add: ['$$NOW', leaseMs] };
  const claimed = await schema.updateOne({ _id: 'schema', $expr: free }, [{ $set: { lock: { holder, until } } }], {
    writeConcern: { w: 'majority' },
  });
  return claimed.matchedCount > 0;
}

async function ensureDocument(schema: Collection<SchemaDocument>): Promise<void> {
  try {
    await schema.updateOne({ _id: 'schema' }, { $setOnInsert: { firstSeen: new Date() } }, { upsert: true });
  } catch (error) {
    // Another process has inserted it at the same moment.
    if (!(error instanceof MongoServerError && error.code === duplicateKey)) throw error;
  }
}
