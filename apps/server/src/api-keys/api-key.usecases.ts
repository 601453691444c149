import {
  type ApiKeyId,
  type ApiScope,
  apiKeyPrefix,
  apiKeyStart,
  type DomainError,
  err,
  maximumApiKeys,
  ok,
  type Result,
} from '@mini-crm/domain';
import { hashToken, newToken } from '../accounts/secrets.ts';
import type { OrganizationContext } from '../trpc.ts';

/** The keys of the organization, newest first, without what they are made of. */
export async function listApiKeys(ctx: OrganizationContext) {
  const keys = await ctx.db.apiKeys.list();
  return keys.map(({ _id, name, scopes, prefix, createdBy, createdAt, lastUsedAt }) => ({
    id: _id,
    name,
    scopes,
    prefix,
    createdBy: createdBy.name,
    createdAt,
    lastUsedAt,
  }));
}

/** Makes a key. It is answered this once; only its hash is kept. */
export async function createApiKey(
  ctx: OrganizationContext,
  input: { readonly name: string; readonly scopes: readonly ApiScope[] },
): Promise<Result<{ id: ApiKeyId; key: string }, DomainError>> {
  if ((await ctx.db.apiKeys.count()) >= maximumApiKeys) {
    return err({ code: 'api_key_limit', details: { limit: maximumApiKeys } });
  }
  const key = `${apiKeyStart}${newToken()}`;
  const id = await ctx.db.apiKeys.insert({
    name: input.name,
    scopes: [...input.scopes],
    prefix: apiKeyPrefix(key),
    hash: hashToken(key),
    createdBy: { id: ctx.user.id, name: ctx.user.name },
    createdAt: ctx.deps.now(),
  });
  ctx.log.info({ keyId: id, scopes: input.scopes }, 'api key created');
  return ok({ id, key });
}

/** Ends a key at once. */
export async function revokeApiKey(ctx: OrganizationContext, id: ApiKeyId): Promise<Result<null, DomainError>> {
  if (!(await ctx.db.apiKeys.remove(id))) return err({ code: 'not_found' });
  ctx.log.info({ keyId: id }, 'api key revoked');
  return ok(null);
}
