import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/o/$org/templates/$id')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/o/$org/templates/$id"!</div>;
}
