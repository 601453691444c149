import { z } from 'zod';
import { plainText } from '../text/plain-text.ts';

/** What a key may be good for. A key has those that its programs need, and no others. */
export const apiScopes = [
  'customers:read',
  'customers:write',
  'events:write',
  'messages:send',
  'deliveries:report',
] as const;
export const apiScopeSchema = z.enum(apiScopes);
export type ApiScope = z.infer<typeof apiScopeSchema>;

/** At most so many keys at once in an organization. */
export const maximumApiKeys = 50;

/** What a person says of a new key. */
export const createApiKeySchema = z.object({
  name: plainText(80).min(1),
  scopes: z
    .array(apiScopeSchema)
    .min(1)
    .transform((scopes) => apiScopes.filter((scope) => scopes.includes(scope))),
});

/** A key as it is given out: what it is, 256 random bits, and nothing else. Scanners of leaked secrets know it by its beginning. */
export const apiKeyPattern = /^mcrm_[A-Za-z0-9_-]{43}$/;
export const apiKeyStart = 'mcrm_';

/** How much of a key may be shown, so that people tell their keys apart. */
export const apiKeyPrefix = (key: string): string => key.slice(0, apiKeyStart.length + 6);
