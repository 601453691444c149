import { declareEventTypeSchema, declarePropertySchema, labelSchema } from '@mini-crm/domain';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import {
  countEventTypes,
  declareProperty,
  declareType,
  labelProperty,
  labelType,
  listEventTypes,
  removeProperty,
  removeType,
} from './event-types.usecases.ts';

/** The event catalogue of an organization: what its events are and what they carry. */
export const eventTypesRouter = router({
  list: organizationProcedure.query(({ ctx }) => listEventTypes(ctx)),
  counts: organizationProcedure.query(({ ctx }) => countEventTypes(ctx)),
  declareType: organizationProcedure
    .input(declareEventTypeSchema)
    .mutation(async ({ ctx, input }) => unwrap(await declareType(ctx, input))),
  declareProperty: organizationProcedure
    .input(declarePropertySchema)
    .mutation(async ({ ctx, input }) => unwrap(await declareProperty(ctx, input))),
  labelType: organizationProcedure
    .input(declareEventTypeSchema.pick({ type: true }).extend(labelSchema.shape))
    .mutation(async ({ ctx, input }) => unwrap(await labelType(ctx, input))),
  labelProperty: organizationProcedure
    .input(declarePropertySchema.pick({ name: true }).extend(labelSchema.shape))
    .mutation(async ({ ctx, input }) => unwrap(await labelProperty(ctx, input))),
  removeType: organizationProcedure
    .input(declareEventTypeSchema.pick({ type: true }))
    .mutation(async ({ ctx, input }) => unwrap(await removeType(ctx, input.type))),
  removeProperty: organizationProcedure
    .input(declarePropertySchema.pick({ name: true }))
    .mutation(async ({ ctx, input }) => unwrap(await removeProperty(ctx, input.name))),
});
