import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { notifyError } from '../../components/notify.ts';
import { trpc } from '../../trpc.ts';

/** Ends the session and forgets everything that was shown in it. */
export function useSignOut(): () => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = trpc.accounts.signOut.useMutation({
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
    onError: notifyError,
  });
  return () => signOut.mutate();
}
