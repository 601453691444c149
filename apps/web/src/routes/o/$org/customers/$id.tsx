import { type CustomerId, idSchema } from '@mini-crm/domain';
import { createFileRoute, notFound } from '@tanstack/react-router';
import { customerTitle } from '../../../../features/customers/customer-title.ts';
import { ProfilePage } from '../../../../features/customers/profile/profile-page.tsx';

export const Route = createFileRoute('/o/$org/customers/$id')({
  loader: async ({ context, params }) => {
    const customerId = idSchema('customer').safeParse(params.id);
    if (!customerId.success) throw notFound();
    const { orgId, trpc } = context;
    void trpc.attributes.list.prefetch({ orgId });
    void trpc.customers.timeline.prefetchInfinite({ orgId, customerId: customerId.data, limit: 30 });
    // The page itself says what is wrong where there is no such customer.
    const customer = await trpc.customers.get.ensureData({ orgId, customerId: customerId.data }).catch(() => null);
    return { crumb: customer ? customerTitle(customer) : 'Customer' };
  },
  component: ProfileRoute,
});

function ProfileRoute() {
  const { id } = Route.useParams();
  return <ProfilePage key={id} customerId={id as CustomerId} />;
}
