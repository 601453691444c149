import { newId } from '@mini-crm/db';
import {
  type Channel,
  type Customer,
  channels,
  customerItemSchema,
  fold,
  planUpserts,
  renewableReasons,
  type StandingSuppression,
} from '@mini-crm/domain';
import type { IngestContext } from './ingest-context.ts';
import { type RefusedItem, readItems, refusedItem } from './read-items.ts';
import { untilWritten } from './until-written.ts';

export interface CustomersAnswer {
  readonly received: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Items whose consent did not revive what the person had withdrawn. */
  readonly consentsKept: number;
  readonly refused: RefusedItem[];
}

/** Adds and changes customers, each found by its external id, else by its address. Refused items leave the others alone. */
export async function ingestCustomers(ctx: IngestContext, items: readonly unknown[]): Promise<CustomersAnswer> {
  const { db, deps } = ctx;
  const read = readItems(items, customerItemSchema);
  const externalIds = new Set<string>();
  const emails = new Set<string>();
  for (const item of read) {
    if (!item.ok) continue;
    if (item.value.externalId) externalIds.add(item.value.externalId);
    if (item.value.email) emails.add(fold(item.value.email));
  }
  const hasConsents = read.some((item) => item.ok && item.value.consents);
  const now = deps.now();
  const attributes = await db.attributes.list();

  const plan = await untilWritten(db.orgId, async () => {
    const [byId, byEmail] = await Promise.all([
      externalIds.size > 0 ? db.customers.byExternalIds([...externalIds]) : [],
      emails.size > 0 ? db.customers.byFoldedEmails([...emails]) : [],
    ]);
    const customers = [...new Map([...byId, ...byEmail].map((customer) => [customer.id, customer])).values()];
    const suppressions = hasConsents ? await standing(ctx, customers, read) : () => [];
    const decided = planUpserts(
      read,
      { customers, attributes, suppressions },
      { now, source: ctx.source.slice(0, 100), nextId: () => newId('customer') },
    );
    // Each order of these steps fails towards silence: suppressions come first and go last.
    for (const { channel, address, at } of decided.suppress) {
      await db.suppressions.add({ channel, address, scope: 'marketing', reason: 'manual', at });
    }
    if (!(await db.ingest.writeCustomers(decided, now))) return null;
    for (const { channel, address, at } of decided.lift) {
      await db.suppressions.lift(channel, address, renewableReasons, at);
    }
    return decided;
  });

  const count = (outcome: string) => plan.outcomes.filter((one) => one === outcome).length;
  return {
    received: items.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    consentsKept: plan.consentsKept,
    refused: plan.outcomes.flatMap((outcome, index) =>
      typeof outcome === 'string' ? [] : [refusedItem(items, index, outcome)],
    ),
  };
}

/** What stands against the addresses that these customers have, or will have. */
async function standing(
  { db }: IngestContext,
  customers: readonly Customer[],
  read: ReturnType<typeof readItems<Partial<Record<'email' | 'phone', string | null | undefined>>>>,
): Promise<(channel: Channel, address: string) => readonly StandingSuppression[]> {
  const found = new Map<string, StandingSuppression[]>();
  for (const channel of channels) {
    const field = channel === 'email' ? 'email' : 'phone';
    const addresses = new Set<string>();
    for (const customer of customers) if (customer[field]) addresses.add(fold(customer[field]));
    for (const item of read) {
      const given = item.ok ? item.value[field] : null;
      // A phone as it is stored: what people put between its digits is no part of it.
      if (given) addresses.add(fold(field === 'phone' ? given.replace(/[^\d+]/g, '').replace(/^00/, '+') : given));
    }
    for (const { address, scope, reason, at } of await db.suppressions.entries(channel, [...addresses])) {
      const key = `${channel}:${address}`;
      found.set(key, [...(found.get(key) ?? []), { scope, reason, at }]);
    }
  }
  return (channel, address) => found.get(`${channel}:${address}`) ?? [];
}
