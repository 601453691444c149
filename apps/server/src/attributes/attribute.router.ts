import { attributeSchema, attributeSlugSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { createAttribute, removeAttribute, updateAttribute } from './attribute.usecases.ts';

const attribute = attributeSchema.strip();

/** The attribute catalogue of an organization. */
export const attributesRouter = router({
  list: organizationProcedure.query(({ ctx }) => ctx.db.attributes.list()),
  create: organizationProcedure
    .input(attribute)
    .mutation(async ({ ctx, input: { orgId: _, ...input } }) => unwrap(await createAttribute(ctx, input))),
  update: organizationProcedure
    .input(attribute.omit({ type: true }))
    .mutation(async ({ ctx, input }) => unwrap(await updateAttribute(ctx, input))),
  remove: organizationProcedure
    .input(z.object({ slug: attributeSlugSchema }))
    .mutation(async ({ ctx, input }) => unwrap(await removeAttribute(ctx, input.slug))),
});
