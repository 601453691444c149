import { customerName, fold } from '@mini-crm/domain';
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
  return (list.data?.items ?? []).map((one) => ({ value: one.id, label: titleOf(one) }));
}

/** A name, and the address where that is another: names are not unique. */
export function titleOf(customer: Parameters<typeof customerName>[0]): string {
  const name = customerName(customer);
  return customer.email && customer.email !== name ? `${name} · ${customer.email}` : name;
}

/** Templates by name; an organization has few. */
export function useFoundTemplates(words: string): Found {
  const { orgId } = useOrganization();
  const list = trpc.templates.list.useQuery({ orgId }, { staleTime: 30_000 });
  const fits = (name: string) => fold(name).includes(fold(words));
  return (list.data ?? []).filter(({ name }) => fits(name)).map(({ id, name }) => ({ value: id, label: name }));
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
