import type { SegmentId } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { historyRound } from './segment-history.loop.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
const going = new AbortController().signal;
const ask = (path: string, input: object = {}) => ann.call(path, { orgId: ann.orgId, ...input });
const everyone = { version: 1, root: { type: 'everyone' } };

// The day begins in Kathmandu at 18:15 UTC.
let now = new Date('2026-06-16T18:30:00Z');
const round = () => historyRound({ ...server.deps, now: () => now }, going);

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  await ask('organization.update', { timeZone: 'Asia/Kathmandu' });
});
afterAll(() => server.close());

async function points(segmentId: string) {
  const found = await server.deps.database
    .forOrganization(ann.orgId)
    .segmentSizes.since(segmentId as SegmentId, '2026-01-01');
  return found.map(({ date, size, total }) => [date, size, total]);
}
const addCustomer = (externalId: string) =>
  ask('customers.create', {
    ...{ externalId, email: null, phone: null, firstName: null, lastName: null, timeZone: null, locale: null },
    attributes: {},
  });

test('every segment is counted once a day of the organization’s calendar, whatever was missed', async () => {
  const segmentId = (await ask('segments.create', { name: 'All', description: '', rule: everyone })).data.id;
  await addCustomer('c1');
  await round();
  expect(await points(segmentId)).toEqual([['2026-06-17', 1, 1]]);
  await addCustomer('c2');
  await round();
  expect(await points(segmentId)).toEqual([['2026-06-17', 1, 1]]);
  now = new Date('2026-06-19T18:14:00Z');
  await Promise.all([round(), round(), round()]);
  expect(await points(segmentId)).toEqual([
    ['2026-06-17', 1, 1],
    ['2026-06-19', 2, 2],
  ]);
});

test('a worker that was killed while it counted is given up after an hour', async () => {
  const segmentId = (await ask('segments.create', { name: 'Held', description: '', rule: everyone })).data.id;
  const { segmentSizes } = server.deps.database.forOrganization(ann.orgId);
  const hourBefore = new Date(now.getTime() - 3_600_000);
  expect(await segmentSizes.begin(segmentId, '2026-06-19', now, hourBefore)).toBe(true);
  await round();
  expect(await points(segmentId)).toEqual([]);
  now = new Date(now.getTime() + 3_600_000);
  const date = '2026-06-20';
  await round();
  expect(await points(segmentId)).toEqual([[date, 2, 2]]);
});

test('today’s size is counted anew when the rule is saved, and the days before stay', async () => {
  const segmentId = (await ask('segments.create', { name: 'Changing', description: '', rule: everyone })).data.id;
  now = new Date();
  await round();
  const before = await ask('segments.history', { segmentId, days: 30 });
  expect(before.data.points).toMatchObject([{ size: 2, total: 2 }]);
  expect(before.data.points[0].date).toBe(before.data.today);
  const nobody = { version: 1, root: { type: 'not', child: { type: 'everyone' } } };
  await ask('segments.save', { segmentId, version: 1, name: 'Changing', description: '', rule: nobody });
  expect((await ask('segments.history', { segmentId })).data.points).toEqual([]);
  await round();
  expect((await ask('segments.history', { segmentId })).data.points).toMatchObject([{ size: 0, total: 2 }]);
});

test('today’s size of a list is counted anew when somebody is put on it or taken off', async () => {
  now = new Date();
  const customerId = (await ask('customers.list', { limit: 1 })).data.items[0].id;
  const made = await ask('segments.createList', { name: 'A list', description: '', customerIds: [] });
  const segmentId = made.data.segment.id;
  const sizes = async () => {
    await round();
    return (await ask('segments.history', { segmentId })).data.points.map(({ size }: { size: number }) => size);
  };
  expect(await sizes()).toEqual([0]);
  await ask('segments.addMembers', { segmentId, customerIds: [customerId] });
  expect(await sizes()).toEqual([1]);
  await ask('segments.removeMembers', { segmentId, customerIds: [customerId] });
  expect(await sizes()).toEqual([0]);
});
