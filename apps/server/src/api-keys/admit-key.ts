import type { ApiKeyDocument, OrganizationDocument } from '@mini-crm/db';
import { type ApiScope, apiKeyPattern } from '@mini-crm/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashToken } from '../accounts/secrets.ts';
import type { ApiDeps } from '../deps.ts';
import { refusal } from '../errors.ts';

/** Whose program asks. */
export interface KeyHolder {
  readonly key: Omit<ApiKeyDocument, 'hash'>;
  readonly organization: OrganizationDocument;
}

const windowSeconds = 60;
const wrongKeysAMinute = 60;

/** Whether a request comes with a key, right or wrong. */
export const hasKey = (request: FastifyRequest): boolean => /^bearer /i.test(request.headers.authorization ?? '');

/**
 * Finds the key that a request carries as `Authorization: Bearer`, and whether it may do this. Says in headers how much of
 * its minute is left. Refuses `api_key_invalid`, `api_key_scope` and `too_many_requests`.
 */
export async function admitKey(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: ApiScope,
): Promise<KeyHolder> {
  const { accounts, apiKeys } = deps.database;
  const given = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const key = apiKeyPattern.test(given) ? await apiKeys.byHash(hashToken(given)) : null;
  const organization = key && (await accounts.organization(key.orgId));
  if (!key || !organization) {
    reply.header('www-authenticate', 'Bearer');
    const wrong = given === '' ? 0 : await accounts.countUse(`api-key-wrong:${request.ip}`, windowSeconds);
    if (wrong > wrongKeysAMinute) throw tooMany(deps, reply);
    throw refusal({ code: 'api_key_invalid' });
  }
  const limit = deps.env.API_REQUESTS_PER_MINUTE;
  const used = await accounts.countUse(`api-key:${key._id}`, windowSeconds);
  reply.header('ratelimit-limit', limit);
  reply.header('ratelimit-remaining', Math.max(0, limit - used));
  reply.header('ratelimit-reset', secondsLeft(deps));
  if (used > limit) throw tooMany(deps, reply);
  if (!key.scopes.includes(scope)) throw refusal({ code: 'api_key_scope', details: { scope } });
  await apiKeys.noteUse(key, deps.now());
  return { key, organization };
}

function tooMany(deps: ApiDeps, reply: FastifyReply) {
  reply.header('retry-after', secondsLeft(deps));
  return refusal({ code: 'too_many_requests', details: { seconds: secondsLeft(deps) } });
}

/** Until the window ends in which uses are counted. */
const secondsLeft = (deps: ApiDeps): number =>
  windowSeconds - Math.floor((deps.now().getTime() / 1000) % windowSeconds);
