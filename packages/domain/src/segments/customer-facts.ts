import type { AttributeValue } from '../attributes/attribute.ts';
import type { Consents, CustomerFields } from '../customers/customer.ts';
import type { CampaignDelivery } from '../delivery/delivery.ts';
import type { CustomerEvent, OrderLine } from '../events/event.ts';
import type { SegmentId } from '../ids/id.ts';
import type { ResolvedField } from './resolved-rule.ts';

export type EventFacts = Omit<CustomerEvent, 'customerId'>;

/** What became of one message of a campaign to the customer, as far as rules ask. Machine opens and clicks are those of prefetchers and scanners. */
export type DeliveryFacts = Pick<
  CampaignDelivery,
  | 'campaignId'
  | 'state'
  | 'at'
  | 'deliveredAt'
  | 'bouncedAt'
  | 'openedAt'
  | 'clickedAt'
  | 'machineOpenedAt'
  | 'machineClickedAt'
  | 'unsubscribedAt'
>;

/** All that a rule can know of one customer: what is written about them, and everything they did, in any order. */
export interface CustomerFacts extends CustomerFields {
  readonly id: string;
  readonly createdAt: Date;
  readonly attributes: Readonly<Record<string, AttributeValue | null>>;
  readonly consents: Consents;
  readonly events: readonly EventFacts[];
  readonly deliveries: readonly DeliveryFacts[];
  /** The static segments that they are on. */
  readonly lists: readonly SegmentId[];
}

type CustomerGetter = (facts: CustomerFacts) => unknown;
type UnitGetter = (event: EventFacts, line: OrderLine | null) => unknown;

const customerGetters: ReadonlyMap<string, CustomerGetter> = new Map<string, CustomerGetter>([
  ['email', (facts) => facts.email],
  ['firstName', (facts) => facts.firstName],
  ['lastName', (facts) => facts.lastName],
  ['phone', (facts) => facts.phone],
  ['externalId', (facts) => facts.externalId],
  ['createdAt', (facts) => facts.createdAt],
  ['locale', (facts) => facts.locale],
  ['timeZone', (facts) => facts.timeZone],
  ['consents.email', (facts) => facts.consents.email?.state],
  ['consents.sms', (facts) => facts.consents.sms?.state],
]);

const unitGetters: ReadonlyMap<string, UnitGetter> = new Map<string, UnitGetter>([
  ['total', (event) => moneyOf(event.total, event.currency)],
  ['at', (event) => event.at],
  ['currency', (event) => event.currency],
  ['line.product', (_, line) => line?.productId],
  ['line.name', (_, line) => line?.name],
  ['line.category', (_, line) => line?.category],
  ['line.quantity', (_, line) => line?.quantity],
  ['line.price', (event, line) => moneyOf(line?.price, event.currency)],
  ['line.amount', (event, line) => moneyOf(lineAmount(line), event.currency)],
]);

const moneyOf = (amount: number | null | undefined, currency: string | null) =>
  amount === null || amount === undefined || currency === null ? null : { amount, currency };

const lineAmount = (line: OrderLine | null): number | null =>
  line === null || line.price === null ? null : line.price * line.quantity;

/** How to read a field of a customer; throws for one that does not exist, so that no reader can pass over it. */
export function customerGetter({ path }: ResolvedField): CustomerGetter {
  const known = customerGetters.get(path);
  if (known) return known;
  if (!path.startsWith('attributes.')) throw new Error(`No customer field "${path}"`);
  const slug = path.slice('attributes.'.length);
  // A name that every object has (`constructor`) is looked for among its own; any other one is read at once, which is faster.
  return slug in Object.prototype
    ? ({ attributes }) => (Object.hasOwn(attributes, slug) ? attributes[slug] : null)
    : ({ attributes }) => attributes[slug];
}

/** How to read a field of an event or of one of its lines. */
export function unitGetter({ path }: ResolvedField): UnitGetter {
  const known = unitGetters.get(path);
  if (known) return known;
  if (!path.startsWith('properties.')) throw new Error(`No event field "${path}"`);
  const name = path.slice('properties.'.length);
  return name in Object.prototype
    ? ({ properties }) => (Object.hasOwn(properties, name) ? properties[name] : null)
    : ({ properties }) => properties[name];
}

/** How to read the minor units of a field of money; their currency is the event's. */
export function amountGetter({ path }: ResolvedField): (event: EventFacts, line: OrderLine | null) => number | null {
  switch (path) {
    case 'total':
      return (event) => event.total;
    case 'line.price':
      return (_, line) => line?.price ?? null;
    case 'line.amount':
      return (_, line) => lineAmount(line);
    default:
      throw new Error(`No amount of money "${path}"`);
  }
}
