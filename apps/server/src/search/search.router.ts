import { oneLine } from '@mini-crm/domain';
import { z } from 'zod';
import { organizationProcedure, router } from '../trpc.ts';
import { searchEverything } from './search.usecases.ts';

/** The search of the palette. */
export const searchRouter = router({
  everything: organizationProcedure
    .input(z.object({ text: oneLine(100) }))
    .query(({ ctx, input }) => searchEverything(ctx, input)),
});
