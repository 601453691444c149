import { createFileRoute } from '@tanstack/react-router';

/** Names everything about templates in the top bar. */
export const Route = createFileRoute('/o/$org/templates')({ staticData: { crumb: 'Templates' } });
