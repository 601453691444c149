import { createRouter } from '@tanstack/react-router';
import { LoadingPage } from './components/loading-page.tsx';
import { RouteError } from './components/route-error.tsx';
import { queryClient } from './query-client.ts';
import { routeTree } from './routeTree.gen.ts';
import { trpcUtils } from './trpc.ts';

export const router = createRouter({
  routeTree,
  context: { queryClient, trpc: trpcUtils },
  defaultPreload: 'intent',
  // The query client decides what is fresh; the router asks each time.
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 200,
  defaultPendingMinMs: 300,
  defaultPendingComponent: LoadingPage,
  defaultErrorComponent: RouteError,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    /** What the route is called in the top bar and the window's title. A loader may return `{ crumb }` instead, for a name. */
    crumb?: string;
  }
}
