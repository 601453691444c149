import { randomBytes } from 'node:crypto';
import type { Db, MongoClient } from 'mongodb';
import { connect, type Database } from '../database.ts';

/** An empty database of its own for one test file. */
export interface TestDatabase {
  /** Connection string without a database name in its path. */
  readonly uri: string;
  readonly name: string;
  /** What the application works with: prepared, so collections and indexes are there. */
  readonly database: Database;
  /** The driver's own view. */
  readonly db: Db;
  readonly client: MongoClient;
  /** Empties every collection and keeps the indexes. */
  clear(): Promise<void>;
  /** Drops the database and closes the client. */
  close(): Promise<void>;
}

/**
 * Opens a fresh, randomly named database on the mongod of this test run.
 * Call it in `beforeAll` and `close()` it in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const uri = testMongoUri();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const database = await connect(uri, { dbName: name, appName: 'test' });
  await database.prepare();
  const db = database.driver;
  return {
    uri,
    name,
    database,
    db,
    client: database.client,
    async clear() {
      const collections = await db.listCollections({}, { nameOnly: true }).toArray();
      for (const collection of collections) {
        if (!collection.name.startsWith('system.')) await db.collection(collection.name).deleteMany({});
      }
    },
    async close() {
      await db.dropDatabase();
      await database.close();
    },
  };
}

/** The connection string of the mongod that this test run uses. */
export function testMongoUri(): string {
  const uri = process.env.MONGODB_URI;
  if (!uri) throw new Error('Database tests run under the Vitest project "db", which sets MONGODB_URI.');
  return uri;
}
