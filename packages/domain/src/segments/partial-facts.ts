import type { Channel, Consent, CustomerFields } from '../customers/customer.ts';
import type { OrderLine } from '../events/event.ts';
import type { CustomerFacts, DeliveryFacts, EventFacts } from './customer-facts.ts';

/** An instant as a Date, or as ISO 8601 text with its offset: `2026-06-17T15:30:00Z`. */
export type InstantLike = Date | string;

/** An event of which only the type and the instant must be said. */
export interface PartialEvent extends Partial<Omit<EventFacts, 'at' | 'lines'>> {
  readonly type: string;
  readonly at: InstantLike;
  /** The quantity is 1 where it is not said. */
  readonly lines?: readonly Partial<OrderLine>[];
}

/** What became of one message; `sent` unless said otherwise. */
export interface PartialDelivery extends Partial<Omit<DeliveryFacts, 'at'>> {
  readonly campaignId: DeliveryFacts['campaignId'];
  readonly at: InstantLike;
}

/** What a script knows of one customer. Nothing has to be said. */
export interface PartialFacts
  extends Partial<CustomerFields>,
    Partial<Pick<CustomerFacts, 'id' | 'attributes' | 'lists'>> {
  /** The beginning of 1970 where it is not said. */
  readonly createdAt?: InstantLike;
  /** `granted` and `withdrawn` are short for a consent of which only the state matters. */
  readonly consents?: { readonly [C in Channel]?: Consent | Consent['state'] };
  readonly events?: readonly PartialEvent[];
  readonly deliveries?: readonly PartialDelivery[];
}

/** The facts of a customer from what is known of them: what is absent is null or empty. Throws for an instant without an offset. */
export function customerFacts(known: PartialFacts): CustomerFacts {
  const createdAt = known.createdAt === undefined ? new Date(0) : instant(known.createdAt);
  return {
    id: '',
    externalId: null,
    email: null,
    phone: null,
    firstName: null,
    lastName: null,
    timeZone: null,
    locale: null,
    attributes: {},
    lists: [],
    ...known,
    createdAt,
    consents: {
      ...(known.consents?.email && { email: consent(known.consents.email, createdAt) }),
      ...(known.consents?.sms && { sms: consent(known.consents.sms, createdAt) }),
    },
    events: (known.events ?? []).map(event),
    deliveries: (known.deliveries ?? []).map((one) => ({ state: 'sent', ...one, at: instant(one.at) })),
  };
}

const event = (known: PartialEvent, i: number): EventFacts => ({
  eventId: String(i + 1),
  currency: null,
  total: null,
  properties: {},
  ...known,
  at: instant(known.at),
  lines: (known.lines ?? []).map((line) => ({
    productId: null,
    name: null,
    category: null,
    quantity: 1,
    price: null,
    ...line,
  })),
});

const consent = (known: Consent | Consent['state'], at: Date): Consent =>
  typeof known === 'string' ? { state: known, at, how: '', source: '' } : known;

const withOffset = /T.*(?:Z|[+-]\d\d:?\d\d)$/;

/** Without an offset a text would be read by the clocks of the machine, and mean something else on the next one. */
function instant(value: InstantLike): Date {
  const at = typeof value === 'string' ? (withOffset.test(value) ? new Date(value) : new Date(Number.NaN)) : value;
  if (Number.isNaN(at.getTime())) throw new RangeError(`Not an instant with its offset from UTC: ${String(value)}`);
  return at;
}
