import { organizationProcedure, router } from '../trpc.ts';
import { activity } from './activity.usecases.ts';
import { overview } from './overview.usecases.ts';

/** What the first page shows. */
export const homeRouter = router({
  overview: organizationProcedure.query(({ ctx }) => overview(ctx)),
  activity: organizationProcedure.query(({ ctx }) => activity(ctx)),
});
