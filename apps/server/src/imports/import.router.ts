import { csvDelimiters, idSchema, startImportSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { cancel, get, inspect, list, open, start } from './import.usecases.ts';

const importInput = z.object({ importId: idSchema('import') });

/** Imports of customers and orders; their files come and go over the routes in `upload.routes.ts`. */
export const importsRouter = router({
  limits: organizationProcedure.query(({ ctx }) => ({ maxBytes: ctx.deps.env.IMPORT_MAX_BYTES })),
  list: organizationProcedure
    .input(z.object({ cursor: z.string().max(60).optional(), limit: z.number().int().min(1).max(100).default(25) }))
    .query(async ({ ctx, input }) => unwrap(await list(ctx, input))),
  open: organizationProcedure.query(({ ctx }) => open(ctx)),
  get: organizationProcedure.input(importInput).query(async ({ ctx, input }) => unwrap(await get(ctx, input.importId))),
  inspect: organizationProcedure
    .input(z.object({ uploadId: idSchema('upload'), delimiter: z.enum(csvDelimiters).optional() }))
    .query(async ({ ctx, input }) => unwrap(await inspect(ctx, input))),
  start: organizationProcedure
    .input(startImportSchema)
    .mutation(async ({ ctx, input }) => unwrap(await start(ctx, input))),
  cancel: organizationProcedure
    .input(importInput)
    .mutation(async ({ ctx, input }) => unwrap(await cancel(ctx, input.importId))),
});
