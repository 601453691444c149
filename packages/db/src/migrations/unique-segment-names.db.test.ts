import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { uniqueSegmentNames } from './unique-segment-names.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('segments of one name get numbers, the oldest keeps it, and other organizations are left alone', async () => {
  const segments = database.db.collection<{ _id: string }>('segments');
  await segments.dropIndexes();
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const segment = (_id: string, name: string, day: number, orgId = 'org_a') => ({
    _id,
    orgId,
    name,
    foldedName: name.toLowerCase(),
    createdAt: at(day),
  });
  const long = 'x'.repeat(120);
  await segments.insertMany([
    segment('1', 'BUYERS', 3),
    segment('2', 'Buyers', 1),
    segment('3', 'buyers', 2),
    segment('4', 'Buyers 2', 4),
    segment('5', 'Buyers', 1, 'org_b'),
    segment('6', long, 1),
    segment('7', long, 2),
  ]);
  await uniqueSegmentNames.up(database.db);
  await uniqueSegmentNames.up(database.db);
  const found = await segments.find().sort({ _id: 1 }).toArray();
  expect(found.map((one) => (one as unknown as { name: string }).name)).toEqual([
    'BUYERS 4',
    'Buyers',
    'buyers 3',
    'Buyers 2',
    'Buyers',
    long,
    `${'x'.repeat(118)} 2`,
  ]);
  expect(found[0]).toMatchObject({ foldedName: 'buyers 4' });
});
