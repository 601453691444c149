import { expect, test } from 'vitest';
import { permits } from './permits.ts';

test('never gives out more than there are, and serves in turn', async () => {
  const all = permits(10);
  const served: string[] = [];
  const ask = (name: string, wanted: number) => all.take(wanted).then((taken) => served.push(`${name} ${taken}`));
  await ask('a', 6);
  const b = ask('b', 6);
  const c = ask('c', 1);
  await Promise.resolve();
  expect(served).toEqual(['a 6']);
  all.give(6);
  await Promise.all([b, c]);
  expect(served).toEqual(['a 6', 'b 6', 'c 1']);
});

test('a wish for more than there are gets all of them, one for none gets none at once', async () => {
  const all = permits(5);
  expect(await all.take(0)).toBe(0);
  expect(await all.take(50)).toBe(5);
  all.give(5);
  expect(await all.take(5)).toBe(5);
});
