import { customerName } from '@mini-crm/domain';
import { keepPreviousData } from '@tanstack/react-query';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

/** What a field finds while one types. */
export type Found = readonly { readonly value: string; readonly label: string }[];

const options = { placeholderData: keepPreviousData, staleTime: 30_000 } as const;
const launched = ['sending', 'paused', 'sent', 'cancelled', 'failed'] as const;

/** Customers by name, address or phone. */
export function useFoundCustomers(words: string): Found {
  const { orgId } = useOrganization();
  const list = trpc.customers.list.useQuery({ orgId, filter: words ? { search: words } : {}, limit: 8 }, options);
  return (list.data?.items ?? []).map((one) => ({ value: one.id, label: customerName(one) }));
}

/** Campaigns that were launched, by name. */
export function useFoundCampaigns(words: string): Found {
  const { orgId } = useOrganization();
  const list = trpc.campaigns.list.useQuery(
    { orgId, states: [...launched], ...(words ? { search: words } : {}), limit: 20 },
    options,
  );
  return (list.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));
}
