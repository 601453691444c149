import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterOutcome } from './after-outcome.ts';
import { defaultRetryPolicy, pauseAfter, retryPause } from './retry.ts';

test('pauses grow by the factor, spread by a quarter, up to the longest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.string(), (attempt, seed) => {
      const { firstPauseMs, factor, longestPauseMs } = defaultRetryPolicy;
      const planned = Math.min(firstPauseMs * factor ** (attempt - 1), longestPauseMs);
      const pause = retryPause(defaultRetryPolicy, attempt, seed);
      expect(pause).toBeGreaterThanOrEqual(planned * 0.75 - 1);
      expect(pause).toBeLessThanOrEqual(planned * 1.25 + 1);
    }),
  );
});

test('the same attempt of the same page waits the same time; pages next to each other do not wait alike', () => {
  const pause = (seed: string) => pauseAfter(defaultRetryPolicy, 1, seed);
  expect(pause('run:1')).toBe(pause('run:1'));
  expect(new Set(Array.from({ length: 50 }, (_, i) => pause(`run:${i}`))).size).toBeGreaterThan(40);
});

test('after the last attempt a temporary failure is one for good', () => {
  const temporary = { type: 'temporary', detail: '451 later' } as const;
  const at = (attempt: number) => afterOutcome(temporary, attempt, defaultRetryPolicy, 'seed');
  expect(at(1).type).toBe('retry');
  expect(at(5).type).toBe('retry');
  expect(at(6)).toEqual({ type: 'row', state: 'failed', reason: 'retries_exhausted', detail: '451 later' });
});

test('what the channel could not take is neither a row nor an attempt', () => {
  const outcome = { type: 'unavailable', fault: 'unreachable', detail: null } as const;
  expect(afterOutcome(outcome, 99, defaultRetryPolicy, 'seed')).toEqual({ type: 'wait' });
});
