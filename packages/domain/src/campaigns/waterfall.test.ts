import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waterfallOf } from './waterfall.ts';

test('says how many leave at each step', () => {
  const counts = { inSegments: 120, distinct: 100, notExcluded: 90, withAddress: 85, withConsent: 60, reachable: 58 };
  expect(waterfallOf(counts, true)).toEqual({
    inSegments: 120,
    steps: [
      { reason: 'duplicate', count: 20 },
      { reason: 'excluded', count: 10 },
      { reason: 'no_address', count: 5 },
      { reason: 'no_consent', count: 25 },
      { reason: 'suppressed', count: 2 },
    ],
    reachable: 58,
  });
});

test('has no step of consent where none is asked for', () => {
  const counts = { inSegments: 10, distinct: 10, notExcluded: 10, withAddress: 9, withConsent: 9, reachable: 8 };
  expect(waterfallOf(counts, false).steps.map(({ reason }) => reason)).not.toContain('no_consent');
});

test('adds up exactly for any counts', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 }), (levels) => {
      const [inSegments = 0, distinct = 0, notExcluded = 0, withAddress = 0, withConsent = 0, reachable = 0] =
        levels.sort((a, b) => b - a);
      const { steps, ...ends } = waterfallOf(
        { inSegments, distinct, notExcluded, withAddress, withConsent, reachable },
        true,
      );
      expect(ends.inSegments - steps.reduce((sum, step) => sum + step.count, 0)).toBe(ends.reachable);
    }),
  );
});

test('counts that rise are a bug and throw', () => {
  const counts = { inSegments: 1, distinct: 2, notExcluded: 2, withAddress: 2, withConsent: 2, reachable: 2 };
  expect(() => waterfallOf(counts, true)).toThrow('rises');
});
