import type { ReportedRow } from '@mini-crm/db';
import {
  type DeliveryEvent,
  deliveryEventItemSchema,
  deliveryEventOf,
  fault,
  type ItemFault,
  ok,
  type Result,
  rowOfMessageId,
} from '@mini-crm/domain';
import { haltBounced } from '../delivery/bounced-addresses.ts';
import type { IngestContext } from './ingest-context.ts';
import { type RefusedItem, readItems, refusedItem } from './read-items.ts';

export interface DeliveryEventsAnswer {
  readonly received: number;
  readonly recorded: number;
  /** Said before, or earlier. */
  readonly unchanged: number;
  /** Messages of which nobody knew whether they went out, and which did. */
  readonly settled: number;
  readonly refused: RefusedItem[];
}

interface Taken {
  readonly row: ReportedRow;
  readonly event: DeliveryEvent;
}

/**
 * Writes down what a provider says of messages: delivered, bounced, complained. A hard bounce and a complaint suppress the
 * address; a message of which nobody knew is sent, because the provider had it. The same again changes nothing.
 */
export async function ingestDeliveryEvents(
  ctx: IngestContext,
  items: readonly unknown[],
): Promise<DeliveryEventsAnswer> {
  const { db } = ctx;
  const read = readItems(items, deliveryEventItemSchema);
  const ids = read.map((item) => (item.ok ? rowOfMessageId(item.value.messageId) : null));
  const rows = await db.deliveryEvents.rows([...new Set(ids.flatMap((id) => id ?? []))]);
  const decided = read.map((item, i): Result<Taken, ItemFault> => {
    if (!item.ok) return item;
    const row = rows.get(ids[i] ?? '');
    if (!row) return fault('message_unknown', ['messageId']);
    if (row.state === 'skipped' || row.state === 'failed') return fault('message_not_sent', ['messageId']);
    return ok({ row, event: deliveryEventOf(item.value) });
  });
  const taken = decided.flatMap((one) => (one.ok ? [one.value] : []));
  const fresh = freshOf(taken);
  // Each order of these steps fails towards silence: an address is suppressed before its bounce is known.
  await suppress(ctx, taken);
  const settled = await db.deliveryEvents.settleUnknown([
    ...new Set(taken.flatMap(({ row }) => (row.state === 'unknown' ? [row] : []))),
  ]);
  await db.deliveryEvents.note(fresh.map(({ row, event }) => ({ id: row._id, event })));
  await haltRuns(ctx, fresh);
  return {
    received: items.length,
    recorded: fresh.length,
    unchanged: taken.length - fresh.length,
    settled,
    refused: decided.flatMap((one, index) => (one.ok ? [] : [refusedItem(items, index, one.error)])),
  };
}

/** The events that say something new: not yet in the row, and the first of their kind in the request. */
function freshOf(taken: readonly Taken[]): Taken[] {
  const known = new Map<string, number>();
  return [...taken]
    .sort((a, b) => a.event.at.getTime() - b.event.at.getTime())
    .filter(({ row, event: { type, at } }) => {
      const key = `${row._id} ${type}`;
      const before = known.get(key) ?? row[`${type}At`]?.getTime() ?? Number.POSITIVE_INFINITY;
      if (before <= at.getTime()) return false;
      known.set(key, at.getTime());
      return true;
    });
}

async function suppress({ db }: IngestContext, taken: readonly Taken[]): Promise<void> {
  for (const { row, event } of taken) {
    if (event.type !== 'bounced' && event.type !== 'complained') continue;
    // Said before: whoever took the address off the list since then knew of it.
    if (row[`${event.type}At`] !== undefined || row.address === '') continue;
    await db.suppressions.add({
      channel: 'email',
      address: row.address,
      scope: 'all',
      reason: event.type,
      at: event.at,
      ...(row.campaignId ? { campaignId: row.campaignId } : {}),
      ...(event.detail ? { detail: event.detail } : {}),
    });
  }
}

/** Bounces that come while a campaign is still going out may be too many. */
async function haltRuns({ db, deps, log }: IngestContext, fresh: readonly Taken[]): Promise<void> {
  const runs = new Map(
    fresh.flatMap(({ row: { runId, campaignId }, event }) =>
      event.type === 'bounced' && runId && campaignId ? [[runId, campaignId] as const] : [],
    ),
  );
  const { database, now } = deps;
  for (const [runId, campaignId] of runs)
    await haltBounced({ database, now, log }, { orgId: db.orgId, runId, campaignId });
}
