import type { OrganizationId } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
afterAll(() => store.close());

/** Queues imports in the order of the list, one second apart. */
async function queue(list: readonly { id: string; orgId: string }[]): Promise<void> {
  const waiting = list.map(({ id, orgId }, second) => ({
    ...{ _id: id, orgId, state: 'queued', startedAt: null, beat: 0, attempts: 0, token: null },
    createdAt: new Date(second * 1000),
  }));
  await store.database.models.imports.collection.insertMany(waiting as never);
}

test('organizations take turns, however many imports one of them has waiting', async () => {
  const { importQueue, models } = store.database;
  const many = (orgId: string) => Array.from({ length: 250 }, (_, n) => ({ id: `${orgId}${n}`, orgId }));
  await queue([...many('a'), ...many('b'), { id: 'c0', orgId: 'c' }]);
  let second = 10_000;
  const take = async () => (await importQueue.claim(`${second}`, new Date(1000 * second++)))?.importId;
  const end = (id: string) =>
    models.imports.collection.updateOne({ _id: id as never }, { $set: { state: 'done' }, $unset: { active: '' } });

  expect([await take(), await take()]).toEqual(['a0', 'b0']);
  await end('a0');
  expect(await take()).toBe('c0');
  expect(await take()).toBe('a1');
  expect(await take()).toBeUndefined();
  await Promise.all([end('a1'), end('b0')]);
  expect([await take(), await take()]).toEqual(['b1', 'a2']);
  expect(await models.imports.collection.countDocuments({ orgId: 'a' as OrganizationId, state: 'running' })).toBe(1);
});
