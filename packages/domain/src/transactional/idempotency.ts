/** How long an answer is kept for who asks the same again. */
export const idempotencyKeptMs = 24 * 3_600_000;

/**
 * For how long a request may be on its way before another with its key takes its place. What keeps a message from going
 * twice is not this time, but that the answer is written under the request's own token.
 */
export const idempotencyLeaseMs = 30_000;

/** A key as a program may choose it: up to 255 visible characters. */
export const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/;

/** What is stored of a key. */
export interface StoredKey<Answer> {
  /** A digest of the request that came with it. */
  readonly digest: string;
  /** Null while the request is on its way. */
  readonly answer: Answer | null;
  /** Until when the request may be on its way, or the answer is kept. */
  readonly until: Date;
}

export type KeyDecision<Answer> =
  /** Nobody has it: take the place, over what stands there by now. */
  | { readonly type: 'begin' }
  | { readonly type: 'replay'; readonly answer: Answer }
  | { readonly type: 'refuse'; readonly code: 'idempotency_key_reused' }
  | { readonly type: 'refuse'; readonly code: 'idempotency_in_flight'; readonly seconds: number };

/** What a request with a key is answered, given what is stored under it. */
export function decideKey<Answer>(stored: StoredKey<Answer> | null, digest: string, now: Date): KeyDecision<Answer> {
  if (!stored || stored.until <= now) return { type: 'begin' };
  if (stored.digest !== digest) return { type: 'refuse', code: 'idempotency_key_reused' };
  if (stored.answer !== null) return { type: 'replay', answer: stored.answer };
  const seconds = Math.ceil((stored.until.getTime() - now.getTime()) / 1000);
  return { type: 'refuse', code: 'idempotency_in_flight', seconds };
}
