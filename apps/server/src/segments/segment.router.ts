import { idSchema, segmentFieldsSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import {
  createSegment,
  duplicateSegment,
  getSegment,
  listSegments,
  removeSegment,
  ruleFields,
  saveSegment,
} from './segment.usecases.ts';
import { previewRule, segmentSize } from './segment-size.usecases.ts';

const segmentId = idSchema('segment');
// Read by domain's parseRule, which holds the limits and names the path of a fault.
const rule = z.unknown();
const draft = z.object({ ...segmentFieldsSchema.shape, rule });

/** The segments of an organization. */
export const segmentsRouter = router({
  list: organizationProcedure.query(({ ctx }) => listSegments(ctx)),
  get: organizationProcedure
    .input(z.object({ segmentId }))
    .query(async ({ ctx, input }) => unwrap(await getSegment(ctx, input.segmentId))),
  fields: organizationProcedure.query(({ ctx }) => ruleFields(ctx.db)),
  size: organizationProcedure
    .input(z.object({ segmentId }))
    .query(async ({ ctx, input, signal }) => unwrap(await segmentSize(ctx, input.segmentId, signal))),
  /** Changes nothing; a mutation because a rule can be longer than an address. */
  preview: organizationProcedure
    .input(z.object({ rule }))
    .mutation(async ({ ctx, input, signal }) => unwrap(await previewRule(ctx, input.rule, signal))),
  create: organizationProcedure
    .input(draft)
    .mutation(async ({ ctx, input }) => unwrap(await createSegment(ctx, input))),
  save: organizationProcedure
    .input(draft.extend({ segmentId, version: z.number().int().min(1) }))
    .mutation(async ({ ctx, input }) => unwrap(await saveSegment(ctx, input.segmentId, input.version, input))),
  duplicate: organizationProcedure
    .input(z.object({ segmentId }))
    .mutation(async ({ ctx, input }) => unwrap(await duplicateSegment(ctx, input.segmentId))),
  remove: organizationProcedure
    .input(z.object({ segmentId }))
    .mutation(async ({ ctx, input }) => unwrap(await removeSegment(ctx, input.segmentId))),
});
