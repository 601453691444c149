import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/o/$org/segments/')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/o/$org/segments/"!</div>;
}
