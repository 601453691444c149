import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/o/$org/messages/')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/o/$org/messages/"!</div>;
}
