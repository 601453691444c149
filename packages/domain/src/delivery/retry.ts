/** How retries are spaced: `attempts` in all, the first pause, and the factor from each pause to the next. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly factor: number;
  readonly longestPauseMs: number;
}

/** Six attempts over about six hours: greylisting passes within minutes, a full queue within hours. */
export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  firstPauseMs: 60_000,
  factor: 4,
  longestPauseMs: 4 * 3_600_000,
};

/** Milliseconds to wait after attempt number `attempt` (from 1) failed, between 75 % and 125 % of the planned pause; null after the last. */
export function retryPause(policy: RetryPolicy, attempt: number, seed: string): number | null {
  if (attempt >= policy.attempts) return null;
  return pauseAfter(policy, attempt, seed);
}

/** The pause after the `failures`-th failure in a row, without an end: for a channel that is down. */
export function pauseAfter(policy: Omit<RetryPolicy, 'attempts'>, failures: number, seed: string): number {
  const planned = Math.min(policy.firstPauseMs * policy.factor ** (failures - 1), policy.longestPauseMs);
  return Math.round(planned * (0.75 + 0.5 * fraction(`${seed}:${failures}`)));
}

/** A number in [0, 1) that depends on nothing but the text: FNV-1a of 32 bits, with its bits mixed once more. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
