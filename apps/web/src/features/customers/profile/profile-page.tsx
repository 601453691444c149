import { ActionIcon, Button, Menu } from '@mantine/core';
import type { CustomerId } from '@mini-crm/domain';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorState } from '../../../components/error-state.tsx';
import { LinkButton } from '../../../components/links.tsx';
import { LoadingPage } from '../../../components/loading-page.tsx';
import { NotFoundPage } from '../../../components/not-found-page.tsx';
import { Page } from '../../../components/page.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { readError } from '../../../components/read-error.ts';
import { useOrganization } from '../../../organization.tsx';
import { type Outputs, trpc } from '../../../trpc.ts';
import { customerTitle } from '../customer-title.ts';
import { DeleteCustomers } from '../delete-customers.tsx';
import { SegmentsSection } from '../why/segments-section.tsx';
import { ConsentSection } from './consent-section.tsx';
import { DetailsSection } from './details-section.tsx';
import { EditCustomer } from './edit-customer.tsx';
import classes from './profile.module.css';
import { ProfileContact } from './profile-contact.tsx';
import { ProfileTiles } from './profile-tiles.tsx';
import { TimelineSection } from './timeline-section.tsx';

export type CustomerProfile = Outputs['customers']['get'];

/** All that is known of one customer, and what happened with them. */
export function ProfilePage({ customerId }: { readonly customerId: CustomerId }) {
  const { orgId, slug } = useOrganization();
  const profile = trpc.customers.get.useQuery({ orgId, customerId });
  if (profile.data) return <Profile customer={profile.data} />;
  if (!profile.error) return <LoadingPage />;
  if (readError(profile.error).code !== 'not_found') {
    return <ErrorState error={profile.error} onRetry={() => profile.refetch()} />;
  }
  return (
    <NotFoundPage
      title="This customer is not here"
      actions={
        <LinkButton to="/o/$org/customers" params={{ org: slug }} variant="default">
          Show all customers
        </LinkButton>
      }
    >
      They may have been deleted, or the address has a mistake in it.
    </NotFoundPage>
  );
}

function Profile({ customer }: { readonly customer: CustomerProfile }) {
  const { slug, can } = useOrganization();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const name = customerTitle(customer);
  return (
    <Page>
      <PageHeader
        title={
          <span dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </span>
        }
        description={<ProfileContact customer={customer} />}
        actions={
          <>
            {can('customers.update') && (
              <Button leftSection={<IconPencil size={16} stroke={1.7} />} onClick={() => setEditing(true)}>
                Edit customer
              </Button>
            )}
            {can('customers.remove') && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size={34} aria-label="More actions">
                    <IconDots size={18} stroke={1.7} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
                    Delete customer
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      />
      <ProfileTiles customer={customer} />
      <div className={classes.columns}>
        <div className={classes.facts}>
          <ConsentSection customer={customer} />
          <SegmentsSection customerId={customer.id} />
          <DetailsSection customer={customer} onEdit={() => setEditing(true)} />
        </div>
        <div className={classes.story}>
          <TimelineSection customerId={customer.id} />
        </div>
      </div>
      <EditCustomer customer={customer} opened={editing} onClose={() => setEditing(false)} />
      <DeleteCustomers
        ids={deleting ? [customer.id] : []}
        name={name}
        onClose={() => setDeleting(false)}
        onDone={() => navigate({ to: '/o/$org/customers', params: { org: slug } })}
      />
    </Page>
  );
}
