import { createFileRoute } from '@tanstack/react-router';
import { CustomersPage } from '../../../../features/customers/customers-page.tsx';
import { customerListSearchSchema, filterOf, orderOf } from '../../../../features/customers/list-search.ts';
import { FillDemo } from '../../../../features/demo/fill-demo.tsx';

export const Route = createFileRoute('/o/$org/customers/')({
  validateSearch: customerListSearchSchema,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    const { orgId, trpc } = context;
    const filter = filterOf(deps);
    void trpc.customers.list.prefetchInfinite({ orgId, filter, ...orderOf(deps), limit: 50 });
    void trpc.customers.count.prefetch({ orgId, filter });
  },
  component: CustomersRoute,
});

function CustomersRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <CustomersPage
      search={search}
      onSearch={(next) => navigate({ search: next, replace: true })}
      otherStart={<FillDemo />}
    />
  );
}
