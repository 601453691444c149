import { unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { fillDemo, removeDemo } from './demo.usecases.ts';

/** Made-up data for a newcomer, and its removal. */
export const demoRouter = router({
  state: organizationProcedure.query(async ({ ctx }) => ({ state: await ctx.db.demo.state() })),
  fill: organizationProcedure.mutation(async ({ ctx }) => unwrap(await fillDemo(ctx))),
  remove: organizationProcedure.mutation(async ({ ctx }) => unwrap(await removeDemo(ctx))),
});
