import { createFileRoute } from '@tanstack/react-router';

/** Names everything about campaigns in the top bar. */
export const Route = createFileRoute('/o/$org/campaigns')({ staticData: { crumb: 'Campaigns' } });
