import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('a test database is a replica set, so that transactions and change streams work', async () => {
  const hello = await database.client.db('admin').command({ hello: 1 });
  expect(hello.setName).toBeTypeOf('string');
});

test('clearing empties the collections and keeps the indexes', async () => {
  await database.db.collection('things').createIndex({ orgId: 1 });
  await database.db.collection('things').insertOne({ orgId: 'org_1' });
  await database.clear();
  expect(await database.db.collection('things').countDocuments()).toBe(0);
  expect(await database.db.collection('things').indexes()).toHaveLength(2);
});
