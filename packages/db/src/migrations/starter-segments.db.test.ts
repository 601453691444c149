import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { starterSegmentsForAll } from './starter-segments.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('organizations without a segment get five, once; who has one of their own gets none', async () => {
  const { db } = database;
  const organization = (_id: string, currency: string) => ({ _id, slug: _id, name: _id, timeZone: 'UTC', currency });
  await db
    .collection<{ _id: string }>('organizations')
    .insertMany([organization('org_empty', 'EUR'), organization('org_busy', 'USD')]);
  const segments = db.collection<{ _id: string }>('segments');
  await segments.insertOne({ _id: 'seg_1', orgId: 'org_busy', name: 'Mine', foldedName: 'mine' } as { _id: string });
  await starterSegmentsForAll.up(db);
  await starterSegmentsForAll.up(db);
  expect(await segments.countDocuments({ orgId: 'org_busy' })).toBe(1);
  expect(await segments.countDocuments({ orgId: 'org_empty' })).toBe(5);
  const best = await segments.findOne({ orgId: 'org_empty', starter: 'best' });
  expect(best).toMatchObject({
    name: 'Best customers',
    rule: { root: { type: 'rank', measure: { currency: 'EUR' } } },
  });
});
