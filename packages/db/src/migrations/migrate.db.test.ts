import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { migrate, NewerStoreError, storedSchemaVersion } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { schemaCollection, underSchemaLock } from './schema-lock.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.dropDatabase();
});

const nothing = async () => undefined;

function steps(...names: string[]): Migration[] {
  return names.map((name, index) => ({
    version: index + 2,
    name,
    up: async (db) => {
      await db.collection('log').updateOne({ name }, { $inc: { times: 1 } }, { upsert: true });
    },
  }));
}

async function done(): Promise<string[]> {
  const log = await database.db.collection('log').find().sort({ _id: 1 }).toArray();
  return log.map((entry) => `${entry.name} ${entry.times}`);
}

test('an empty database gets the layout of today without any step', async () => {
  await migrate(database.db, nothing, steps('a', 'b'));
  expect(await done()).toEqual([]);
  expect(await storedSchemaVersion(database.db)).toBe(3);
});

test('steps are run once each, in order, from where the data stands', async () => {
  await database.db.collection('customers').insertOne({});
  await migrate(database.db, nothing, steps('a'));
  await migrate(database.db, nothing, steps('a', 'b', 'c'));
  await migrate(database.db, nothing, steps('a', 'b', 'c'));
  expect(await done()).toEqual(['a 1', 'b 1', 'c 1']);
});

test('a step that fails is run again by the next start, and those before it are not', async () => {
  await database.db.collection('customers').insertOne({});
  const [a, b] = steps('a', 'b') as [Migration, Migration];
  const broken = { ...b, up: () => Promise.reject(new Error('power cut')) };
  await expect(migrate(database.db, nothing, [a, broken])).rejects.toThrow('power cut');
  await migrate(database.db, nothing, [a, b]);
  expect(await done()).toEqual(['a 1', 'b 1']);
});

test('two processes that start together take turns', async () => {
  await database.db.collection('customers').insertOne({});
  let inside = 0;
  let most = 0;
  const ensureIndexes = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 50));
    inside--;
  };
  await Promise.all([1, 2, 3].map(() => migrate(database.db, ensureIndexes, steps('a', 'b'))));
  expect(most).toBe(1);
  expect(await done()).toEqual(['a 1', 'b 1']);
});

test('the lock of a killed process is taken over when its lease has run out', async () => {
  const until = new Date(Date.now() - 1);
  await schemaCollection(database.db).insertOne({ _id: 'schema', lock: { holder: 'killed', until } });
  expect(await underSchemaLock(database.db, async () => 'mine')).toBe('mine');
});

test('refuses data that a newer release has written, and leaves it alone', async () => {
  await migrate(database.db, nothing, steps('a', 'b'));
  let touched = false;
  const older = migrate(
    database.db,
    async () => {
      touched = true;
    },
    steps('a'),
  );
  await expect(older).rejects.toThrow(NewerStoreError);
  expect(touched).toBe(false);
});
