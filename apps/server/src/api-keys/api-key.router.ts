import { createApiKeySchema, idSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-key.usecases.ts';

/** The API keys of an organization's programs. */
export const apiKeysRouter = router({
  list: organizationProcedure.query(({ ctx }) => listApiKeys(ctx)),
  create: organizationProcedure
    .input(createApiKeySchema)
    .mutation(async ({ ctx, input }) => unwrap(await createApiKey(ctx, input))),
  revoke: organizationProcedure
    .input(z.object({ keyId: idSchema('apiKey') }))
    .mutation(async ({ ctx, input }) => unwrap(await revokeApiKey(ctx, input.keyId))),
});
