import type { DeliveryReason, DeliveryState } from './delivery.ts';
import type { Outcome } from './outcome.ts';
import { type RetryPolicy, retryPause } from './retry.ts';

/** What follows from an outcome: a row for good, another attempt after a pause, or the same attempt when the channel is well again. */
export type Consequence =
  | {
      readonly type: 'row';
      readonly state: DeliveryState;
      readonly reason: DeliveryReason | null;
      readonly detail: string | null;
    }
  | { readonly type: 'retry'; readonly pauseMs: number }
  | { readonly type: 'wait' };

/** The consequence of the outcome of attempt number `attempt` (from 1). `seed` spreads the pauses of retries. */
export function afterOutcome(outcome: Outcome, attempt: number, policy: RetryPolicy, seed: string): Consequence {
  switch (outcome.type) {
    case 'sent':
      return { type: 'row', state: 'sent', reason: null, detail: outcome.detail };
    case 'failed':
      return { type: 'row', state: 'failed', reason: outcome.reason, detail: outcome.detail };
    case 'unknown':
      return { type: 'row', state: 'unknown', reason: outcome.reason, detail: outcome.detail };
    case 'temporary': {
      const pauseMs = retryPause(policy, attempt, seed);
      if (pauseMs !== null) return { type: 'retry', pauseMs };
      return { type: 'row', state: 'failed', reason: 'retries_exhausted', detail: outcome.detail };
    }
    case 'unavailable':
    case 'repeat':
      return { type: 'wait' };
    default:
      return outcome satisfies never;
  }
}
