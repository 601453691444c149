import { createFileRoute } from '@tanstack/react-router';

/** Names everything about customers in the top bar. */
export const Route = createFileRoute('/o/$org/customers')({ staticData: { crumb: 'Customers' } });
