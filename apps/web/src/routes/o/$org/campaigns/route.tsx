import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/o/$org/campaigns')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/o/$org/campaigns"!</div>;
}
