import { useNavigate } from '@tanstack/react-router';
import { notifyDone } from '../../components/notify.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { CustomerForm } from './customer-form.tsx';

interface CreateCustomerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Adds one customer by hand, then opens their profile. */
export function CreateCustomer({ opened, onClose }: CreateCustomerProps) {
  return (
    <SidePanel title="New customer" opened={opened} onClose={onClose} size={520}>
      <Content onClose={onClose} />
    </SidePanel>
  );
}

function Content({ onClose }: { readonly onClose: () => void }) {
  const { orgId, slug } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const create = trpc.customers.create.useMutation();
  return (
    <CustomerForm
      action="Add customer"
      onCancel={onClose}
      onSave={async (input) => {
        const { id } = await create.mutateAsync({ orgId, ...input });
        notifyDone('Customer added');
        void utils.customers.list.invalidate({ orgId });
        void utils.customers.count.invalidate({ orgId });
        await navigate({ to: '/o/$org/customers/$id', params: { org: slug, id } });
      }}
    />
  );
}
