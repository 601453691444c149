import { createFileRoute } from '@tanstack/react-router';

/** Names everything about segments in the top bar. */
export const Route = createFileRoute('/o/$org/segments')({ staticData: { crumb: 'Segments' } });
