import { expect, test } from 'vitest';
import { thriftyCache } from './thrifty-cache.ts';

test('an answer is kept for ten times as long as it took, a minute at most, and not at all when it was quick', async () => {
  let now = 0;
  const cached = thriftyCache(() => now);
  let asked = 0;
  const find = (takes: number) => async () => {
    now += takes;
    asked += 1;
    return asked;
  };
  expect(await cached('a', find(49))).toBe(1);
  expect(await cached('a', find(60))).toBe(2);
  now += 599;
  expect(await cached('a', find(60))).toBe(2);
  now += 1;
  expect(await cached('a', find(30_000))).toBe(3);
  now += 59_999;
  expect(await cached('a', find(1))).toBe(3);
  now += 1;
  expect(await cached('a', find(1))).toBe(4);
  expect(await cached('b', find(1))).toBe(5);
});

test('askers at the same time share one search, and a failure is not kept', async () => {
  const cached = thriftyCache(() => 0);
  let asked = 0;
  const find = async () => {
    asked += 1;
    if (asked === 1) throw new Error('no');
    return asked;
  };
  const both = [cached('a', find), cached('a', find)];
  await expect(both[0]).rejects.toThrow('no');
  await expect(both[1]).rejects.toThrow('no');
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(await cached('a', find)).toBe(2);
});
