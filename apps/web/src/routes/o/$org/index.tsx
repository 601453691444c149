import { createFileRoute } from '@tanstack/react-router';
import { DemoBanner } from '../../../features/demo/demo-banner.tsx';
import { FillDemo } from '../../../features/demo/fill-demo.tsx';
import { HomePage } from '../../../features/home/home-page.tsx';
import { SendingNotice } from '../../../features/senders/sending-notice.tsx';

export const Route = createFileRoute('/o/$org/')({
  staticData: { crumb: 'Home' },
  loader: async ({ context: { orgId, trpc } }) => {
    void trpc.home.overview.prefetch({ orgId });
    // Says whether a newcomer is to be welcomed: waited for, so that no page of numbers flashes up before.
    await trpc.home.activity.ensureData({ orgId }).catch(() => undefined);
  },
  component: HomeRoute,
});

function HomeRoute() {
  return <HomePage fillDemo={<FillDemo />} notice={<SendingNotice />} demoBanner={<DemoBanner />} />;
}
