import { createHash } from 'node:crypto';
import type { CustomerEvent } from '@mini-crm/domain';

/** A digest of all that an event says; two events are the same when their ids and digests are. */
export function eventDigest(event: CustomerEvent): string {
  const lines = event.lines.map(({ productId, name, category, quantity, price }) => [
    productId,
    name,
    category,
    quantity,
    price,
  ]);
  const properties = Object.entries(event.properties).sort(([one], [other]) => (one < other ? -1 : 1));
  const body = [event.customerId, event.type, event.at.getTime(), event.currency, event.total, lines, properties];
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22);
}
