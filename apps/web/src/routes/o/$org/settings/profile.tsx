import { createFileRoute } from '@tanstack/react-router';
import { ProfilePage } from '../../../../features/settings/profile-page.tsx';

export const Route = createFileRoute('/o/$org/settings/profile')({
  staticData: { crumb: 'Your profile' },
  loader: ({ context }) => {
    void context.trpc.accounts.sessions.prefetch();
  },
  component: ProfilePage,
});
