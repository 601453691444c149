import type { FastifyRequest } from 'fastify';
import type { Env } from '../env.ts';

/**
 * Whether a request that changes something comes from our own pages. A browser names its page's origin in such requests,
 * and marks cross-site ones by Sec-Fetch-Site; a program that sends neither has no cookie of somebody else to abuse.
 */
export function isOwnOrigin(request: FastifyRequest, env: Env): boolean {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  try {
    return origin === new URL(env.publicUrl).origin || new URL(origin).host === host;
  } catch {
    return false;
  }
}
