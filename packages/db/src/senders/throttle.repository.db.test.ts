import type { OrganizationId, SenderId, Throttle } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import type { Reservation } from './throttle.repository.ts';

let first: TestDatabase;
let orgId: OrganizationId;
beforeAll(async () => {
  first = await testDatabase();
  orgId = newId('organization');
});
afterAll(() => first.close());

const throttles = () => first.database.forOrganization(orgId).throttles;
const at = (reservation: Reservation, limit: keyof Throttle) => reservation.windows[limit].at.getTime();

test('grants no more in any window than the limit, however many ask at once', async () => {
  const id: SenderId = newId('sender');
  const throttle = { perSecond: 7, perMinute: 60, perHour: 100 };
  const granted: Reservation[] = [];
  for (let round = 0; round < 4; round++) {
    const asked = Array.from({ length: 20 }, (_, i) => throttles().reserve(id, throttle, (i % 4) + 1));
    granted.push(...(await Promise.all(asked)));
  }
  for (const limit of ['perSecond', 'perMinute', 'perHour'] as const) {
    const windows = new Map<number, number>();
    for (const one of granted) windows.set(at(one, limit), (windows.get(at(one, limit)) ?? 0) + one.allowed);
    for (const sum of windows.values()) expect(sum).toBeLessThanOrEqual(throttle[limit]);
  }
  expect(granted.some(({ allowed }) => allowed > 0)).toBe(true);
});

test('says how long to wait where a window is full, at most as long as the window', async () => {
  const id: SenderId = newId('sender');
  const throttle = { perSecond: null, perMinute: null, perHour: 3 };
  const all = [await throttles().reserve(id, throttle, 2), await throttles().reserve(id, throttle, 2)];
  const more = await throttles().reserve(id, throttle, 2);
  expect(all.map(({ allowed }) => allowed)).toEqual(
    at(all[0] as Reservation, 'perHour') === at(more, 'perHour') ? [2, 1] : expect.anything(),
  );
  expect(more.allowed === 0 || at(more, 'perHour') > at(all[0] as Reservation, 'perHour')).toBe(true);
  if (more.allowed === 0) {
    expect(more.waitMs).toBeGreaterThan(0);
    expect(more.waitMs).toBeLessThanOrEqual(3_600_000);
  }
});

test('takes back what was not sent, and only in the windows that it was counted in', async () => {
  const id: SenderId = newId('sender');
  const throttle = { perSecond: null, perMinute: null, perHour: 10 };
  const reservation = await throttles().reserve(id, throttle, 10);
  await throttles().giveBack(id, reservation, 4);
  const old = { ...reservation.windows, perHour: { at: new Date(0), used: 10 } };
  await throttles().giveBack(id, { ...reservation, windows: old }, 4);
  const again = await throttles().reserve(id, throttle, 10);
  if (at(again, 'perHour') === at(reservation, 'perHour')) expect(again.allowed).toBe(4);
});

test('counts each sender by itself', async () => {
  const throttle = { perSecond: null, perMinute: null, perHour: 1 };
  const ids = [newId('sender'), newId('sender')];
  const both = await Promise.all(ids.map((id) => throttles().reserve(id, throttle, 5)));
  expect(both.map(({ allowed }) => allowed)).toEqual([1, 1]);
});
