import { idSchema, segmentFieldsSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { addMembers, createList, listMembers, removeMembers, startSnapshot } from './list.usecases.ts';
import { ruleFields } from './rule-context.ts';
import {
  createSegment,
  duplicateSegment,
  getSegment,
  listSegments,
  removeSegment,
  saveSegment,
  setArchived,
} from './segment.usecases.ts';
import { segmentHistory } from './segment-history.usecases.ts';
import { overlap, previewRule, segmentSize } from './segment-size.usecases.ts';
import { showUses } from './segment-uses.usecases.ts';
import { explainFor, segmentsOf } from './segment-why.usecases.ts';

const segmentId = idSchema('segment');
const ofSegment = z.object({ segmentId });
const customerId = idSchema('customer');
const customerIds = z.array(customerId).max(10_000);
// Read by domain's parseRule, which holds the limits and names the path of a fault.
const rule = z.unknown();
const draft = z.object({ ...segmentFieldsSchema.shape, rule });

/** The segments of an organization. */
export const segmentsRouter = router({
  list: organizationProcedure
    .input(z.object({ archived: z.boolean().default(false) }))
    .query(({ ctx, input }) => listSegments(ctx, input.archived)),
  get: organizationProcedure
    .input(ofSegment)
    .query(async ({ ctx, input }) => unwrap(await getSegment(ctx, input.segmentId))),
  fields: organizationProcedure.query(({ ctx }) => ruleFields(ctx.db)),
  size: organizationProcedure
    .input(ofSegment)
    .query(async ({ ctx, input, signal }) => unwrap(await segmentSize(ctx, input.segmentId, signal))),
  /** Changes nothing; a mutation because a rule can be longer than an address. */
  preview: organizationProcedure
    .input(z.object({ rule }))
    .mutation(async ({ ctx, input, signal }) => unwrap(await previewRule(ctx, input.rule, signal))),
  /** Changes nothing, as `preview`. */
  overlap: organizationProcedure
    .input(z.object({ rule, segmentId }))
    .mutation(async ({ ctx, input, signal }) => unwrap(await overlap(ctx, input, signal))),
  uses: organizationProcedure
    .input(ofSegment)
    .query(async ({ ctx, input }) => unwrap(await showUses(ctx, input.segmentId))),
  /** Why a customer is in a segment, or would be in one with this rule. Changes nothing, as `preview`. */
  explain: organizationProcedure
    .input(z.object({ customerId, segmentId: segmentId.optional(), rule: rule.optional() }))
    .mutation(async ({ ctx, input, signal }) => unwrap(await explainFor(ctx, input, signal))),
  /** The segments that a customer is in now, and those that they are not in. */
  of: organizationProcedure
    .input(z.object({ customerId }))
    .query(async ({ ctx, input, signal }) => unwrap(await segmentsOf(ctx, input.customerId, signal))),
  /** Its size by day, for the chart. */
  history: organizationProcedure
    .input(z.object({ segmentId, days: z.number().int().min(1).max(800).default(90) }))
    .query(async ({ ctx, input }) => unwrap(await segmentHistory(ctx, input.segmentId, input.days))),
  create: organizationProcedure
    .input(draft)
    .mutation(async ({ ctx, input }) => unwrap(await createSegment(ctx, input))),
  save: organizationProcedure
    .input(draft.extend({ rule: rule.optional(), segmentId, version: z.number().int().min(1) }))
    .mutation(async ({ ctx, input }) => unwrap(await saveSegment(ctx, input.segmentId, input.version, input))),
  duplicate: organizationProcedure
    .input(ofSegment)
    .mutation(async ({ ctx, input }) => unwrap(await duplicateSegment(ctx, input.segmentId))),
  archive: organizationProcedure
    .input(ofSegment)
    .mutation(async ({ ctx, input }) => unwrap(await setArchived(ctx, input.segmentId, true))),
  unarchive: organizationProcedure
    .input(ofSegment)
    .mutation(async ({ ctx, input }) => unwrap(await setArchived(ctx, input.segmentId, false))),
  remove: organizationProcedure
    .input(ofSegment)
    .mutation(async ({ ctx, input }) => unwrap(await removeSegment(ctx, input.segmentId))),

  /** The people on a list. */
  members: organizationProcedure
    .input(
      z.object({
        segmentId,
        cursor: customerId.nullish().default(null),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) =>
      unwrap(await listMembers(ctx, input.segmentId, { cursor: input.cursor, limit: input.limit })),
    ),
  createList: organizationProcedure
    .input(z.object({ ...segmentFieldsSchema.shape, customerIds }))
    .mutation(async ({ ctx, input }) => unwrap(await createList(ctx, input, input.customerIds))),
  snapshot: organizationProcedure
    .input(z.object({ ...segmentFieldsSchema.shape, segmentId }))
    .mutation(async ({ ctx, input }) => unwrap(await startSnapshot(ctx, input.segmentId, input))),
  addMembers: organizationProcedure
    .input(z.object({ segmentId, customerIds: customerIds.min(1) }))
    .mutation(async ({ ctx, input }) => unwrap(await addMembers(ctx, input.segmentId, input.customerIds))),
  removeMembers: organizationProcedure
    .input(z.object({ segmentId, customerIds: customerIds.min(1) }))
    .mutation(async ({ ctx, input }) => unwrap(await removeMembers(ctx, input.segmentId, input.customerIds))),
});
