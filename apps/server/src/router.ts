import { accountsRouter } from './accounts/account.router.ts';
import { attributesRouter } from './attributes/attribute.router.ts';
import { customersRouter } from './customers/customer.router.ts';
import { liveRouter } from './live/live.router.ts';
import { membersRouter } from './organization/member.router.ts';
import { organizationRouter } from './organization/organization.router.ts';
import { router } from './trpc.ts';

/** Every procedure of the server, a line a feature. */
export const appRouter = router({
  accounts: accountsRouter,
  organization: organizationRouter,
  members: membersRouter,
  attributes: attributesRouter,
  customers: customersRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
