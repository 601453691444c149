import { expect, test } from 'vitest';
import { rateOf, type Sample, timeLeft, withSample } from './sending-rate.ts';

const samples = (...all: [at: number, settled: number][]): readonly Sample[] =>
  all.reduce<readonly Sample[]>((kept, [at, settled]) => withSample(kept, { at, settled }), []);

test('the rate is that of the last twenty seconds', () => {
  expect(rateOf(samples([0, 0], [60_000, 100], [61_000, 200], [70_000, 1100], [80_000, 2100]))).toBeCloseTo(100, 0);
});

test('nothing is said before there is something to compare', () => {
  expect(rateOf(samples([0, 0]))).toBeNull();
  expect(rateOf(samples([0, 0], [500, 100]))).toBeNull();
});

test('a number that falls is another run', () => {
  expect(samples([0, 100], [5000, 10])).toEqual([{ at: 5000, settled: 10 }]);
});

test.each([
  [100, 10, 'less than a minute'],
  [600, 10, 'about 1 minute'],
  [18_000, 10, 'about 30 minutes'],
  [100_000, 10, 'about 3 hours'],
  [100, 0, null],
  [100, null, null],
  [0, 10, null],
])('%s left at %s a second is %s', (remaining, rate, words) => {
  expect(timeLeft(remaining, rate)).toBe(words);
});
