import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { readError } from './components/read-error.ts';

/** Called when the server says that nobody is signed in; the router sets it, so that this file needs no router. */
let onSignedOut: () => void = () => {};

/** Says what happens when a request finds that the session has ended. */
export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

function watch(error: unknown): void {
  if (readError(error).code === 'not_signed_in') onSignedOut();
}

/** Cached content is shown at once and asked for again after ten seconds; only a request that never arrived is tried anew. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => failures < 2 && readError(error).code === 'offline',
      refetchOnWindowFocus: true,
    },
  },
});
