import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { type ChangeSource, changeStream, type StoredChange } from './change-stream.ts';

const log = { info: () => undefined, warn: () => undefined };
let database: TestDatabase;
let source: ChangeSource;
const seen: StoredChange[] = [];
let broken = 0;
beforeAll(async () => {
  database = await testDatabase();
  source = changeStream(database.db, log);
  source.subscribe({ change: (change) => void seen.push(change), broken: () => void broken++ });
});
afterAll(async () => {
  await source.stop();
  await database.close();
});

const insert = (n: number) =>
  database.db.collection('customers').insertOne({ _id: `cus_${n}`, orgId: 'org_1', firstName: `F${n}` } as never);
const ids = () => seen.map(({ documentKey }) => String(documentKey._id));

test('tells what names a document, until whole documents are wanted, and misses nothing in between', async () => {
  await insert(1);
  await expect.poll(ids, { timeout: 20_000 }).toEqual(['cus_1']);
  expect(seen[0]).toMatchObject({ fullDocument: { _id: 'cus_1', orgId: 'org_1' } });
  expect(seen[0]).not.toHaveProperty('fullDocument.firstName');
  const wanted = source.wanting({ documents: true });
  for (let n = 2; n <= 50; n++) await insert(n);
  await wanted;
  await expect.poll(() => ids().length, { timeout: 20_000 }).toBe(50);
  expect(seen.at(-1)).toMatchObject({ fullDocument: { firstName: 'F50' } });
});

test('says that something may have been missed when a collection goes away', async () => {
  await database.db.collection('customers').drop();
  await expect.poll(() => broken, { timeout: 20_000 }).toBeGreaterThan(0);
});
