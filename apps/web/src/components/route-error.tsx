import { useRouter } from '@tanstack/react-router';
import { ErrorState } from './error-state.tsx';

/** A page whose data could not be read; trying again reads it anew. */
export function RouteError({ error }: { readonly error: unknown }) {
  const router = useRouter();
  return <ErrorState error={error} onRetry={() => router.invalidate()} />;
}
