import { campaignPurposeSchema, idSchema, templateDraftSchema, templateNameSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { publishTemplate } from './publish-template.usecases.ts';
import {
  archiveTemplate,
  createTemplate,
  duplicateTemplate,
  getTemplate,
  listTemplates,
  removeTemplate,
  saveTemplate,
} from './template.usecases.ts';
import { previewTemplate, sendTemplateTest } from './template-message.usecases.ts';

const id = idSchema('template');
const byId = z.object({ id });
const version = z.number().int().min(1);
const preview = z.object({ draft: templateDraftSchema, customerId: idSchema('customer').nullable() });

/** Templates of transactional messages: their drafts, and what is published of them. */
export const templatesRouter = router({
  list: organizationProcedure.query(({ ctx }) => listTemplates(ctx)),
  get: organizationProcedure.input(byId).query(async ({ ctx, input }) => unwrap(await getTemplate(ctx, input))),
  create: organizationProcedure
    .input(z.object({ name: templateNameSchema, purpose: campaignPurposeSchema }))
    .mutation(async ({ ctx, input }) => unwrap(await createTemplate(ctx, input))),
  save: organizationProcedure
    .input(z.object({ id, version, draft: templateDraftSchema }))
    .mutation(async ({ ctx, input }) => unwrap(await saveTemplate(ctx, input))),
  duplicate: organizationProcedure
    .input(byId)
    .mutation(async ({ ctx, input }) => unwrap(await duplicateTemplate(ctx, input))),
  preview: organizationProcedure
    .input(preview)
    .mutation(async ({ ctx, input }) => unwrap(await previewTemplate(ctx, input))),
  sendTest: organizationProcedure
    .input(preview)
    .mutation(async ({ ctx, input }) => unwrap(await sendTemplateTest(ctx, input))),
  publish: organizationProcedure
    .input(z.object({ id, version }))
    .mutation(async ({ ctx, input }) => unwrap(await publishTemplate(ctx, input))),
  archive: organizationProcedure
    .input(byId)
    .mutation(async ({ ctx, input }) => unwrap(await archiveTemplate(ctx, input, true))),
  unarchive: organizationProcedure
    .input(byId)
    .mutation(async ({ ctx, input }) => unwrap(await archiveTemplate(ctx, input, false))),
  remove: organizationProcedure
    .input(byId)
    .mutation(async ({ ctx, input }) => unwrap(await removeTemplate(ctx, input))),
});
