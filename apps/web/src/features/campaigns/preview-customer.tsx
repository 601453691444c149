import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type CustomerId, customerName } from '@mini-crm/domain';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { PreviewAnswer } from './use-message-preview.ts';

interface PreviewCustomerProps {
  /** As whom it is shown now. */
  readonly shown: PreviewAnswer['customer'] | undefined;
  readonly value: CustomerId | null;
  readonly onChange: (id: CustomerId | null) => void;
}

/** As whom to see the message: any customer, found by name or address. */
export function PreviewCustomer({ shown, value, onChange }: PreviewCustomerProps) {
  const { orgId } = useOrganization();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  // The name of the one who is chosen stands in the field; it is no search.
  const words = search === shown?.name ? '' : search;
  const list = trpc.customers.list.useQuery(
    { orgId, filter: words ? { search: words } : {}, limit: 8 },
    { placeholderData: keepPreviousData, staleTime: 30_000 },
  );
  const found = (list.data?.items ?? []).map((customer) => ({
    value: customer.id as string,
    label: customerName(customer),
  }));
  const current = value ?? shown?.id ?? null;
  const options =
    current && shown && !found.some((option) => option.value === current)
      ? [{ value: current as string, label: shown.name }, ...found]
      : found;
  return (
    <Select
      aria-label="See it as"
      leftSection={<span style={{ fontSize: '0.8125rem', whiteSpace: 'nowrap' }}>As</span>}
      w={190}
      data={options}
      value={current}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onChange(id as CustomerId | null)}
      filter={({ options: all }) => all}
      placeholder={shown?.name ?? 'a customer'}
      nothingFoundMessage="Nobody of this name"
      allowDeselect={false}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
    />
  );
}
