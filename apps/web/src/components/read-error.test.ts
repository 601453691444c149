import { errorCodes } from '@mini-crm/domain';
import { describe, expect, it } from 'vitest';
import { errorWords } from './error-words.ts';
import { readError } from './read-error.ts';

const trpcError = (data: unknown, cause?: unknown) =>
  Object.assign(new Error('raw text', { cause }), { name: 'TRPCClientError', data });

describe('readError', () => {
  it('takes the refusal and the id of the log', () => {
    const error = trpcError({ code: 'CONFLICT', error: { code: 'email_taken', path: ['email'] }, requestId: 'req-7' });
    expect(readError(error)).toEqual({ code: 'email_taken', id: 'req-7', path: ['email'], details: {} });
  });
  it('calls a code that it does not know, and a bug, unexpected', () => {
    expect(readError(trpcError({ error: { code: 'from_tomorrow' }, requestId: 'r' })).code).toBe('unexpected');
    expect(readError(trpcError({ error: null, requestId: 'r' }))).toMatchObject({ code: 'unexpected', id: 'r' });
    expect(readError(new Error('x is not a function')).code).toBe('unexpected');
    expect(readError(null).code).toBe('unexpected');
  });
  it('calls a request that never arrived offline', () => {
    expect(readError(trpcError(undefined, new TypeError('Failed to fetch'))).code).toBe('offline');
    expect(readError(new TypeError('Failed to fetch')).code).toBe('offline');
    expect(readError(new TypeError('a is undefined')).code).toBe('unexpected');
  });
});

describe('errorWords', () => {
  it('has words for every code', () => {
    for (const code of [...errorCodes, 'offline', 'unexpected'] as const) {
      const words = errorWords({ code, id: null, path: null, details: {} });
      expect(words.title.length * words.text.length, code).toBeGreaterThan(0);
    }
  });
});
