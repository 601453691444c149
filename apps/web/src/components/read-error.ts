import { type ErrorCode, errorCodes } from '@mini-crm/domain';

/** What the web app knows of a failed request. */
export interface ReadError {
  /** A refusal of the domain, `offline` for a request that never arrived, `unexpected` for a bug. */
  readonly code: ErrorCode | 'offline' | 'unexpected';
  /** The random id that is found again in the server's log. */
  readonly id: string | null;
  readonly path: readonly (string | number)[] | null;
  readonly details: Readonly<Record<string, unknown>>;
}

const known = new Set<string>(errorCodes);

/**
 * Reads an error as the server's tRPC formatter shapes it: `data.error` is the refusal of the domain (null for a bug), `data.requestId`
 * the id in the log. Whatever else was thrown is `unexpected`, so that no raw message ever reaches the screen.
 */
export function readError(error: unknown): ReadError {
  const data = property(error, 'data');
  if (typeof data !== 'object' || data === null) {
    return { code: isOffline(error) ? 'offline' : 'unexpected', id: null, path: null, details: {} };
  }
  const refusal = property(data, 'error');
  const code = property(refusal, 'code');
  const id = property(data, 'requestId');
  const path = property(refusal, 'path');
  const details = property(refusal, 'details');
  return {
    code: typeof code === 'string' && known.has(code) ? (code as ErrorCode) : 'unexpected',
    id: typeof id === 'string' ? id : null,
    path: Array.isArray(path) ? path : null,
    details: typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {},
  };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A fetch that found no server throws a TypeError, and tRPC wraps it in an error without data. */
function isOffline(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'TRPCClientError' || error instanceof TypeError) && fetchFailed(error)
  );
}

function fetchFailed(error: Error): boolean {
  const { cause } = error;
  return error.name === 'TRPCClientError'
    ? cause === undefined || cause instanceof Error
    : /fetch/i.test(error.message);
}
