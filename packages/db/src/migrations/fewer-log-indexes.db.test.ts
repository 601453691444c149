import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { fewerLogIndexes } from './fewer-log-indexes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('only the indexes that nothing reads go, also where they are gone already', async () => {
  const { db } = database;
  const deliveries = db.collection('deliveries');
  await deliveries.createIndex({ orgId: 1, state: 1, at: -1, _id: -1 });
  await deliveries.createIndex({ orgId: 1, foldedAddress: 1, at: -1, _id: -1 });
  await fewerLogIndexes.up(db);
  await fewerLogIndexes.up(db);
  const names = (await deliveries.indexes()).map(({ name }) => name);
  expect(names).toContain('orgId_1_customerId_1_at_-1__id_-1');
  expect(names).not.toContain('orgId_1_state_1_at_-1__id_-1');
  expect(names).not.toContain('orgId_1_foldedAddress_1_at_-1__id_-1');
});
