import { createFileRoute } from '@tanstack/react-router';
import { DemoBanner } from '../../../features/demo/demo-banner.tsx';
import { FillDemo } from '../../../features/demo/fill-demo.tsx';
import { HomePage } from '../../../features/home/home-page.tsx';

export const Route = createFileRoute('/o/$org/')({
  staticData: { crumb: 'Home' },
  loader: ({ context: { orgId, trpc } }) => {
    void trpc.home.overview.prefetch({ orgId });
    void trpc.home.activity.prefetch({ orgId });
  },
  component: HomeRoute,
});

function HomeRoute() {
  return <HomePage fillDemo={<FillDemo />} demoBanner={<DemoBanner />} />;
}
