import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';

let scratch: TestDatabase;
let database: Database;
const orgId = newId('organization');
const own = () => database.forOrganization(orgId).suppressions;
const on = (day: number) => new Date(Date.UTC(2026, 5, day));
const entry = { channel: 'email', address: 'Ann@shop.example', scope: 'marketing' } as const;
const held = async () => (await own().ofAddress('email', entry.address)).map(({ reason, at }) => [reason, at]);

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

test("a person's own word replaces a colleague's, and a later one is noted by its time", async () => {
  expect(await own().add({ ...entry, reason: 'manual', at: on(1) })).toBe(true);
  expect(await own().add({ ...entry, reason: 'unsubscribed', at: on(3) })).toBe(false);
  expect(await held()).toEqual([['unsubscribed', on(3)]]);
  await own().add({ ...entry, reason: 'manual', at: on(2) });
  expect(await held()).toEqual([['unsubscribed', on(3)]]);
  await own().add({ ...entry, reason: 'unsubscribed', at: on(5) });
  expect(await held()).toEqual([['unsubscribed', on(5)]]);
});

test('what is later than a renewal is not lifted by it, nor what is no matter of consent', async () => {
  await own().add({ ...entry, reason: 'unsubscribed', at: on(3) });
  expect(await own().lift('email', entry.address, ['unsubscribed'], on(3))).toBe(false);
  expect(await own().lift('email', entry.address, ['manual'], on(4))).toBe(false);
  expect(await own().lift('email', entry.address, ['unsubscribed'], on(4))).toBe(true);
  await own().add({ ...entry, reason: 'complained', at: on(3) });
  expect(await own().lift('email', entry.address, ['unsubscribed', 'manual'])).toBe(false);
  expect(await held()).toEqual([['complained', on(3)]]);
});
