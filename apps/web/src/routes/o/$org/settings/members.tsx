import { createFileRoute } from '@tanstack/react-router';
import { MembersPage } from '../../../../features/settings/members-page.tsx';

export const Route = createFileRoute('/o/$org/settings/members')({
  staticData: { crumb: 'Members' },
  loader: ({ context }) => {
    void context.trpc.members.list.prefetch({ orgId: context.orgId });
  },
  component: MembersPage,
});
