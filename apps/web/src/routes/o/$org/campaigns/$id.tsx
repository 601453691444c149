import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/o/$org/campaigns/$id')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/o/$org/campaigns/$id"!</div>;
}
