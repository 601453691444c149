import { pauseAfter } from '@mini-crm/domain';

export interface BreakerPolicy {
  readonly firstPauseMs: number;
  readonly factor: number;
  readonly longestPauseMs: number;
}

export const defaultBreakerPolicy: BreakerPolicy = { firstPauseMs: 2_000, factor: 2, longestPauseMs: 300_000 };

/** A way past a breaker; whoever has it says once what came of it. */
export interface Pass {
  /** Whether it is the one try of a sender that is out of order. */
  readonly trial: boolean;
}

/**
 * Keeps a worker from handing messages to a sender that is out of order. After a fault nothing goes out for a pause that
 * grows with each fault in a row; then one group tries, and its success opens the sender for all.
 */
export function breaker(policy: BreakerPolicy, clock: () => number, seed: string) {
  let failures = 0;
  let closedUntil = 0;
  let trying: Pass | null = null;

  const left = () => Math.max(0, closedUntil - clock());
  return {
    /** How many pages may be worked on now. */
    allowance(wanted: number): number {
      if (failures === 0) return wanted;
      return left() === 0 && trying === null ? Math.min(1, wanted) : 0;
    },
    /** Lets a group pass; null where the sender is out of order and it is not yet, or somebody else's, turn to try. */
    admit(): Pass | null {
      if (failures === 0) return { trial: false };
      if (left() > 0 || trying) return null;
      trying = { trial: true };
      return trying;
    },
    /** Notes a fault; returns the pause in ms. Faults of one moment, from pages side by side, are one. */
    fault(pass: Pass): number {
      if (trying === pass) trying = null;
      if (left() === 0) {
        failures++;
        closedUntil = clock() + pauseAfter(policy, failures, seed);
      }
      return left();
    },
    /** Notes that messages went out; true where the sender was out of order before. */
    success(): boolean {
      const was = failures > 0;
      failures = 0;
      closedUntil = 0;
      trying = null;
      return was;
    },
    /** Nothing was handed over, and nothing is known. */
    leave(pass: Pass): void {
      if (trying === pass) trying = null;
    },
    /** Ms until the next try; 0 where nothing stands in the way. */
    pause: () => (failures === 0 ? 0 : trying ? policy.firstPauseMs : left()),
  };
}

export type Breaker = ReturnType<typeof breaker>;
