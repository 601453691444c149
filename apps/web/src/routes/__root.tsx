import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';
import { ErrorState } from '../components/error-state.tsx';
import { NotFoundPage } from '../components/not-found-page.tsx';
import type { trpcUtils } from '../trpc.ts';

export interface RouterContext {
  readonly queryClient: QueryClient;
  readonly trpc: typeof trpcUtils;
}

export const Route = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  notFoundComponent: () => <NotFoundPage />,
});
