import {
  type CampaignId,
  type CampaignState,
  type CustomerId,
  customerName,
  fold,
  type SegmentId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** What a search of everything found, a few of each kind, the most likely first. */
export interface Found {
  readonly customers: readonly { readonly id: CustomerId; readonly name: string; readonly detail: string | null }[];
  readonly segments: readonly { readonly id: SegmentId; readonly name: string }[];
  readonly campaigns: readonly { readonly id: CampaignId; readonly name: string; readonly state: CampaignState }[];
}

const limit = 5;

/** Customers by the beginnings of their names, address, phone and id; segments and campaigns by any part of their names. */
export async function searchEverything(ctx: OrganizationContext, { text }: { text: string }): Promise<Found> {
  const words = fold(text);
  if (words === '') return { customers: [], segments: [], campaigns: [] };
  const page = { sort: 'name', direction: 'asc', after: null, limit } as const;
  const [customers, segments, campaigns] = await Promise.all([
    ctx.db.customers.list({ ...page, conditions: { search: text } }),
    ctx.db.segments.list(),
    ctx.db.campaigns.list({ search: text, limit }),
  ]);
  return {
    customers: customers.items.map((customer) => {
      const name = customerName(customer);
      const { email, phone, externalId } = customer;
      return {
        id: customer.id,
        name,
        detail: [email, phone, externalId].find((part) => part && part !== name) ?? null,
      };
    }),
    segments: segments
      .filter(({ name }) => fold(name).includes(words))
      .slice(0, limit)
      .map(({ id, name }) => ({ id, name })),
    campaigns: campaigns.map(({ id, name, state }) => ({ id, name, state })),
  };
}
