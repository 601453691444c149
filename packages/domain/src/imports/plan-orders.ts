import type { CustomerEvent } from '../events/event.ts';
import type { CustomerId } from '../ids/id.ts';
import { err, ok, type Result } from '../result.ts';
import { fold } from '../text/fold.ts';
import type { RowOutcome } from './plan-customers.ts';
import type { OrderRow } from './read-order-row.ts';
import type { RowFault } from './row-fault.ts';

/** What is stored already of what a batch of order rows names. */
export interface KnownOrders {
  readonly byExternalId: ReadonlyMap<string, CustomerId>;
  /** By folded address. */
  readonly byEmail: ReadonlyMap<string, CustomerId>;
  /** The digests of the events that are stored, by event id. */
  readonly digests: ReadonlyMap<string, string>;
}

export interface OrderPlan {
  readonly outcomes: readonly RowOutcome[];
  readonly inserts: readonly { readonly event: CustomerEvent; readonly digest: string }[];
}

/** A row with the id that its event gets. */
export type IdentifiedOrder = Result<{ readonly row: OrderRow; readonly eventId: string }, RowFault>;

/**
 * The id of a row's event: the order's own id, `refund:` before it for money that went back (shops write the order's id
 * on its refund, too). Without a column of ids the content names the order, with a number for the rows that are alike.
 */
export function orderEventId(row: OrderRow, contentKey: string, occurrence: number): string {
  const kind = row.total < 0 ? 'refund:' : '';
  return row.orderId === null ? `${kind}row:${contentKey}:${occurrence}` : `${kind}${row.orderId}`;
}

/** All that a row without an order id says, as one text: what its content key is a digest of. */
export function orderContent(row: OrderRow): string {
  const { customerExternalId, customerEmail, at, currency, total, lines, properties } = row;
  const email = customerEmail === null ? null : fold(customerEmail);
  return JSON.stringify([customerExternalId, email, at.getTime(), currency, total, lines, properties]);
}

/** Decides a batch of order rows: new, there already, or refused because its customer is unknown or another order has its id. */
export function planOrders(
  rows: readonly IdentifiedOrder[],
  known: KnownOrders,
  digestOf: (event: CustomerEvent) => string,
): OrderPlan {
  const digests = new Map<string, string>();
  const inserts: { event: CustomerEvent; digest: string }[] = [];
  const outcomes = rows.map((identified): RowOutcome => {
    if (!identified.ok) return identified.error;
    const { row, eventId } = identified.value;
    const customer = customerOf(row, known);
    if (!customer.ok) return customer.error;
    const event = toEvent(row, eventId, customer.value);
    const digest = digestOf(event);
    const stored = digests.get(eventId) ?? known.digests.get(eventId);
    if (stored !== undefined) return stored === digest ? 'unchanged' : { code: 'order_differs' };
    digests.set(eventId, digest);
    inserts.push({ event, digest });
    return 'created';
  });
  return { outcomes, inserts };
}

function customerOf(row: OrderRow, known: KnownOrders): Result<CustomerId, RowFault> {
  const { customerExternalId, customerEmail } = row;
  const byId = customerExternalId === null ? undefined : known.byExternalId.get(customerExternalId);
  const byEmail = customerEmail === null ? undefined : known.byEmail.get(fold(customerEmail));
  if (byId && byEmail && byId !== byEmail) return err({ code: 'customer_ambiguous' });
  const id = byId ?? byEmail;
  return id ? ok(id) : err({ code: 'customer_unknown' });
}

function toEvent(row: OrderRow, eventId: string, customerId: CustomerId): CustomerEvent {
  const { at, currency, total, lines, properties } = row;
  return { eventId, customerId, type: total < 0 ? 'refund' : 'order', at, currency, total, lines, properties };
}
