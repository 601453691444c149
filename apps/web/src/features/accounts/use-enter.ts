import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';

/** After a session has begun: forgets what was read without it, then goes on to an organization or to a path of the app. */
export function useEnter(): (to: { readonly slug: string } | { readonly path: string }) => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  return async (to) => {
    queryClient.clear();
    if ('slug' in to) await navigate({ to: '/o/$org', params: { org: to.slug } });
    else router.history.push(safePath(to.path));
  };
}

/** A path of this app, or the start: an address elsewhere (`//evil.example`, `https:...`) must not ride on a sign-in. */
export function safePath(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : '/';
}
