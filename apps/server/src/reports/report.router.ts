import { idSchema, segmentFieldsSchema, sendAgainKinds } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { makeListOfSent } from './list-of-sent.usecases.ts';
import { campaignReport, reportSpans } from './report.usecases.ts';
import { sendAgain } from './send-again.usecases.ts';

/** Results of campaigns; their files come over the routes in `report.routes.ts`. */
export const reportsRouter = router({
  campaign: organizationProcedure
    .input(z.object({ id: idSchema('campaign'), span: z.enum(reportSpans).default('first') }))
    .query(async ({ ctx, input }) => unwrap(await campaignReport(ctx, input))),
  sendAgain: organizationProcedure
    .input(
      z.object({
        id: idSchema('campaign'),
        kinds: z.array(z.enum(sendAgainKinds)).min(1).max(sendAgainKinds.length),
        confirmed: z.number().int().min(0),
      }),
    )
    .mutation(async ({ ctx, input }) => unwrap(await sendAgain(ctx, input))),
  listOfSent: organizationProcedure
    .input(z.object({ id: idSchema('campaign'), name: segmentFieldsSchema.shape.name.optional() }))
    .mutation(async ({ ctx, input }) => {
      const { id, name } = unwrap(await makeListOfSent(ctx, input));
      return { id, name };
    }),
});
