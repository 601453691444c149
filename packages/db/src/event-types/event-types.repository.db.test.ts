import { catalogueReader } from '@mini-crm/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';

let scratch: TestDatabase;
let database: Database;
const now = new Date('2026-11-22T10:00:00Z');
const orgId = newId('organization');

beforeAll(async () => {
  scratch = await testDatabase();
  database = await connect(scratch.uri, { dbName: scratch.name });
  await database.prepare();
});
afterEach(() => scratch.clear());
afterAll(async () => {
  await database.close();
  await scratch.close();
});

const own = () => database.forOrganization(orgId).eventTypes;
const saw = (type: string, properties: object) =>
  own().change((held) => {
    const reader = catalogueReader(held, { now });
    const answer = reader.read(type, properties);
    return { next: reader.changed(), answer: answer.ok };
  });

test('what was seen is there for rules, beside the text of interactions', async () => {
  expect(await saw('viewed', { constructor: 'x', seconds: 3 })).toBe(true);
  expect(await own().catalogue()).toMatchObject({
    eventTypes: ['viewed'],
    properties: [{ name: 'text' }, { name: 'constructor', type: 'string' }, { name: 'seconds', type: 'number' }],
  });
  expect(await database.forOrganization(newId('organization')).eventTypes.catalogue()).toMatchObject({
    eventTypes: [],
    properties: [{ name: 'text' }],
  });
});

test('of two first values at once with different types one is refused, and nothing that was seen is lost', async () => {
  const answers = await Promise.all([
    ...Array.from({ length: 6 }, (_, i) => saw(`type_${i}`, { [`p${i}`]: i })),
    saw('viewed', { size: 4 }),
    saw('viewed', { size: 'XL' }),
  ]);
  expect(answers.slice(0, 6)).toEqual(Array(6).fill(true));
  expect(answers.filter((fine) => fine)).toHaveLength(7);
  const { eventTypes, properties } = await own().catalogue();
  expect(eventTypes).toHaveLength(7);
  expect(properties).toHaveLength(8);
});

test('a change of an older version is not stored', async () => {
  await saw('viewed', {});
  const held = await own().get();
  await saw('liked', {});
  expect(await own().replace(held.version, held)).toBe(false);
  expect((await own().get()).types).toHaveLength(2);
});
