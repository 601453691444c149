import type { AppRouter } from '@mini-crm/server/router';
import {
  type CreateTRPCReact,
  createTRPCQueryUtils,
  createTRPCReact,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/react-query';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { queryClient } from './query-client.ts';

/** Hooks for every procedure of the server: `trpc.customers.list.useQuery(...)`. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

const url = '/api/trpc';

/** Queries and mutations of a moment travel as one request; subscriptions are one SSE stream each. */
export const trpcClient: TRPCClient<AppRouter> = trpc.createClient({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: splitLink({
        // What follows each keystroke must not wait for what happens to be asked with it.
        condition: (operation) => operation.context.skipBatch === true,
        true: httpLink({ url }),
        false: httpBatchLink({ url, maxURLLength: 4000 }),
      }),
    }),
  ],
});

/** The same procedures outside components: a loader's `context.trpc.customers.list.ensureData(...)`. */
export const trpcUtils: ReturnType<typeof createTRPCQueryUtils<AppRouter>> = createTRPCQueryUtils<AppRouter>({
  client: trpcClient,
  queryClient,
});

/** What each procedure answers: `Outputs['members']['list']`. */
export type Outputs = inferRouterOutputs<AppRouter>;

/** What each procedure takes. */
export type Inputs = inferRouterInputs<AppRouter>;
