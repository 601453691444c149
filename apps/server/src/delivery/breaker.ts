import { pauseAfter } from '@mini-crm/domain';

export interface BreakerPolicy {
  readonly firstPauseMs: number;
  readonly factor: number;
  readonly longestPauseMs: number;
}

export const defaultBreakerPolicy: BreakerPolicy = { firstPauseMs: 2_000, factor: 2, longestPauseMs: 300_000 };

/**
 * Keeps a worker from handing messages to a channel that is out of order. After a fault nothing goes out for a pause that
 * grows with each fault in a row; then one page tries, and its success opens the channel for all.
 */
export function breaker(policy: BreakerPolicy, clock: () => number, seed: string) {
  let failures = 0;
  let closedUntil = 0;
  return {
    /** How many pages may be worked on now. */
    allowance(wanted: number, inHand: number): number {
      if (failures === 0) return wanted;
      return clock() >= closedUntil && inHand === 0 ? 1 : 0;
    },
    /** Notes a fault; returns the pause in ms. Faults of one moment, from pages side by side, are one. */
    fault(): number {
      const now = clock();
      if (now >= closedUntil) {
        failures++;
        closedUntil = now + pauseAfter(policy, failures, seed);
      }
      return closedUntil - now;
    },
    /** Notes a message that went out; true where the channel was out of order before. */
    success(): boolean {
      const was = failures > 0;
      failures = 0;
      closedUntil = 0;
      return was;
    },
    /** Ms until the next try; 0 where nothing stands in the way. */
    pause: () => (failures === 0 ? 0 : Math.max(0, closedUntil - clock())),
  };
}

export type Breaker = ReturnType<typeof breaker>;
