import { Button } from '@mantine/core';
import { IconFileImport, IconSearchOff, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { LinkButton } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';

interface CustomersEmptyProps {
  readonly importHref: string;
  readonly onCreate: () => void;
  readonly otherStart: ReactNode;
}

/** Nobody yet: three ways to begin. */
export function CustomersEmpty({ importHref, onCreate, otherStart }: CustomersEmptyProps) {
  const { can, refusal } = useOrganization();
  return (
    <EmptyState
      icon={IconUsers}
      title="No customers yet"
      actions={
        <>
          {can('imports.start') && (
            <LinkButton to={importHref} leftSection={<IconFileImport size={16} stroke={1.7} />}>
              Import customers
            </LinkButton>
          )}
          {otherStart}
          <ActionButton variant="default" reason={refusal('customers.create')} onClick={onCreate}>
            Add one by hand
          </ActionButton>
        </>
      }
    >
      They are the people you write to. Bring them in from a CSV file, with their orders, and build segments from what
      you know of them.
    </EmptyState>
  );
}

/** The filters leave nobody. */
export function NobodyFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      compact
      icon={IconSearchOff}
      title="Nobody fits"
      actions={
        <Button variant="default" onClick={onClear}>
          Clear search and filters
        </Button>
      }
    >
      Search looks at the beginnings of names, e-mail addresses, phone numbers and external ids.
    </EmptyState>
  );
}
