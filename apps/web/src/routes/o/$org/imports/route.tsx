import { createFileRoute } from '@tanstack/react-router';

/** Names everything about imports in the top bar. */
export const Route = createFileRoute('/o/$org/imports')({ staticData: { crumb: 'Imports' } });
