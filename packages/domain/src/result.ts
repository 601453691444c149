/** The answer of a decision that may refuse: a value, or a coded error without prose. A bug throws instead. */
export type Result<T, E = { readonly code: string }> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** Wraps a value as a successful `Result`. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** Wraps a coded refusal as a failed `Result`. */
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
