import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { notifyDone } from '../../../components/notify.ts';
import { SidePanel } from '../../../components/side-panel.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { CustomerForm } from '../customer-form.tsx';
import type { CustomerProfile } from './profile-page.tsx';

interface EditCustomerProps {
  readonly customer: CustomerProfile;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Edits fields and attributes beside the profile. */
export function EditCustomer({ customer, opened, onClose }: EditCustomerProps) {
  return (
    <SidePanel title="Edit customer" opened={opened} onClose={onClose} size={520}>
      <Content customer={customer} onClose={onClose} />
    </SidePanel>
  );
}

function Content({ customer, onClose }: Omit<EditCustomerProps, 'opened'>) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const router = useRouter();
  const update = trpc.customers.update.useMutation();
  // What the editor saw, and its version: a colleague's change that arrives meanwhile must not be overwritten unseen.
  const [seen] = useState(customer);
  const { id, version } = seen;
  return (
    <CustomerForm
      customer={seen}
      action="Save customer"
      onCancel={onClose}
      onSave={async (input) => {
        await update.mutateAsync({ orgId, customerId: id, version, ...input });
        await utils.customers.get.invalidate({ orgId, customerId: id });
        notifyDone('Customer saved');
        onClose();
        // The name in the top bar comes from the route's loader.
        await router.invalidate();
      }}
    />
  );
}
