import { idSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { campaignReport, reportSpans } from './report.usecases.ts';

/** Results of campaigns; their files come over the routes in `report.routes.ts`. */
export const reportsRouter = router({
  campaign: organizationProcedure
    .input(z.object({ id: idSchema('campaign'), span: z.enum(reportSpans).default('first') }))
    .query(async ({ ctx, input }) => unwrap(await campaignReport(ctx, input))),
});
