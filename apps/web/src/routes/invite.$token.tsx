import { createFileRoute } from '@tanstack/react-router';
import { InvitePage } from '../features/accounts/invite-page.tsx';

export const Route = createFileRoute('/invite/$token')({
  loader: async ({ context, params }) => {
    await Promise.allSettled([
      context.trpc.accounts.invitation.prefetch({ token: params.token }),
      context.trpc.accounts.me.prefetch(),
    ]);
  },
  component: InviteRoute,
});

function InviteRoute() {
  return <InvitePage token={Route.useParams().token} />;
}
